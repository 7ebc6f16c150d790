"""Between a bank and the values of an exchange: what goes out, and what comes in."""

from mcqdeck.exchange.bank.plan import Entry, Fate, Plan, Target, plan
from mcqdeck.exchange.bank.source import contents_of

__all__ = ["Entry", "Fate", "Plan", "Target", "contents_of", "plan"]
