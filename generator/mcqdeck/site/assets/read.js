// A question or a chapter to read, where its page is out of reach: without network, when it was
// never opened before. The worker leads here.
(() => {
  "use strict";

  /** @param {Item} item */
  const address = (item) => `#/question/${Site.fileName(item.id)}`;

  /** @param {Item | undefined} item @param {string} rel @param {string} word */
  const turn = (item, rel, word) => {
    if (!item) return null;
    const tag = rel === "next" ? "a.on" : "a";
    return Site.h(tag, { href: address(item), rel }, Site.h("small", null, Site.say(word)));
  };

  Site.views.question = async (place, path) => {
    await Site.need("faces");
    const name = decodeURIComponent(path[0] || "");
    const item = Site.bank.items.find((each) => Site.fileName(each.id) === name);
    const fields = item && (await Site.fields([item.id])).get(item.id);
    const chapter = item && Site.bank.chapters[item.chapter];
    if (!item || !fields || !chapter) {
      Site.redirect("");
      return null;
    }
    const mates = Site.bank.items.filter((each) => each.chapter === item.chapter);
    const at = mates.indexOf(item);
    const title = Site.say("question_number", { number: at + 1, total: mates.length });
    const box = Site.h("div.card-box.still");
    const show = Site.button(
      Site.say("show_answer"),
      () => {
        Site.showBack(box, fields, [], Site.chosenIn(box));
        show.remove();
        const stem = box.querySelector(".stem");
        if (!(stem instanceof HTMLElement)) return;
        stem.tabIndex = -1;
        stem.focus({ preventScroll: true });
      },
      "primary",
    );
    const practice = Site.h(
      "a.button",
      { href: `#/practice?question=${encodeURIComponent(item.id)}` },
      Site.say("practice"),
    );
    place.append(
      Site.h(
        "nav.read-head",
        { "aria-label": Site.say("chapter") },
        Site.h("a", Site.inBank({ href: `#/chapter/${chapter.key}` }), chapter.title),
        Site.h("span.small", null, title),
      ),
      box,
      Site.h(
        "section.actions.still",
        { "aria-label": Site.say("answer") },
        show,
        item.isRetired ? null : practice,
      ),
      Site.h(
        "nav.turns.reading",
        { "aria-label": Site.say("questions") },
        turn(mates[at - 1], "prev", "previous"),
        turn(mates[at + 1], "next", "next"),
      ),
    );
    Site.showFront(box, fields, [], []);
    return { title };
  };

  Site.views.chapter = async (place, path) => {
    const key = decodeURIComponent(path[0] || "");
    const number = Site.bank.chapters.findIndex((each) => each.key === key);
    const chapter = Site.bank.chapters[number];
    if (!chapter) {
      Site.redirect("");
      return null;
    }
    const items = Site.bank.items.filter((item) => item.chapter === number);
    const fields = await Site.fields(items.map((item) => item.id));
    const open = items.filter((item) => !item.isRetired);
    const query = `?chapter=${chapter.key}`;
    place.append(
      Site.h(
        "main.reading",
        null,
        Site.h("h1", Site.inBank(), chapter.title),
        Site.h(
          "p.row",
          null,
          Site.h("a.button.primary", { href: `#/practice${query}` }, Site.say("practice")),
          Site.bank.hasFlashcards
            ? Site.h("a.button", { href: `#/cards${query}` }, Site.say("flashcards"))
            : null,
        ),
        Site.h("p.small", null, Site.say("question_count", {}, open.length)),
        Site.h(
          "ol.stems",
          null,
          items.map((item) => {
            const own = fields.get(item.id);
            const text = Site.words_of((own && own.Stem) || "") || item.id;
            return Site.h("li", null, Site.h("a", Site.inBank({ href: address(item) }), text));
          }),
        ),
      ),
    );
    return { title: chapter.title };
  };
})();
