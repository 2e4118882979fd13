// What has to be known until it is dealt with, and what can be done about it: a sentence, what it is about, buttons.
(function (amazonia) {
  "use strict";

  const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

  // ways: [key of the words, what a press does], each.
  function stand(matter, sentence, ways = [], things = []) {
    const list = document.createElement("ul");
    list.append(...things.map((each) => made("li", each)));
    const buttons = ways.map(([key, does]) => amazonia.status.way(amazonia.say(key), does));
    return amazonia.status.stand(matter, [made("p", sentence), ...(things.length ? [list] : []), ...buttons]);
  }

  amazonia.notices = { stand, drop: (matter) => amazonia.status.settle(matter) };
})(window.amazonia = window.amazonia || {});
