"""QTI: version 1.2 as Canvas and others write it, 2.1, 2.2 and 3.0; alone or in packages.

https://www.imsglobal.org/question/ describes the versions; where Canvas departs from its own
version, its importer decides (https://github.com/instructure/qti_migration_tool).
"""

from mcqdeck.exchange.qti.read import read, recognises, recognises_xml
from mcqdeck.exchange.qti.write_canvas import HOLDS as CANVAS_HOLDS
from mcqdeck.exchange.qti.write_canvas import write as write_canvas
from mcqdeck.exchange.qti.write_qti2 import HOLDS as QTI_HOLDS
from mcqdeck.exchange.qti.write_qti2 import write as write_qti2

__all__ = [
    "CANVAS_HOLDS",
    "QTI_HOLDS",
    "read",
    "recognises",
    "recognises_xml",
    "write_canvas",
    "write_qti2",
]
