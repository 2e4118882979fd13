// Names and roles that Dash's own components leave out or give in English only.
(function (amazonia) {
  "use strict";

  const prefix = "named.";

  function nameParts(id) {
    const words = amazonia.words();
    return { name: words[prefix + id], first: words[`${prefix}${id}.first`], last: words[`${prefix}${id}.last`] };
  }

  // A list of options whose options hold inputs: the inputs already say what they are.
  function plainRoles(list) {
    list.setAttribute("role", list.classList.contains("dash-radioitems") ? "radiogroup" : "group");
    list.querySelectorAll('[role="option"]').forEach((option) => {
      option.removeAttribute("role");
      option.removeAttribute("aria-selected");
    });
  }

  function setName(node, name) {
    if (name && node.getAttribute("aria-label") !== name) node.setAttribute("aria-label", name);
  }

  function nameSlider(slider, { name, first, last }) {
    const ends = first ? [first, last] : [name, name];
    slider.querySelectorAll('[role="slider"]').forEach((thumb, i) => setName(thumb, ends[i]));
    slider.querySelectorAll("input").forEach((input, i) => setName(input, ends[i]));
  }

  // An input that only carries a label's focus on: hidden from readers, so not for the Tab key either.
  function skipHiddenInputs() {
    document.querySelectorAll(".dash-dropdown-focus-target[aria-hidden='true']:not([tabindex='-1'])")
      .forEach((input) => input.setAttribute("tabindex", "-1"));
  }

  function mend() {
    skipHiddenInputs();
    document.querySelectorAll(".dash-options-list[role='listbox']:not(.dash-dropdown-options)").forEach((list) => {
      if (list.closest(".dash-dropdown-content")) return;
      plainRoles(list);
      setName(list, nameParts(list.id).name);
    });
    document.querySelectorAll(".dash-radioitems [role='option'], .dash-checklist [role='option']").forEach((option) => {
      option.removeAttribute("role");
      option.removeAttribute("aria-selected");
    });
    document.querySelectorAll(".dash-slider-container[id]").forEach((slider) => nameSlider(slider, nameParts(slider.id)));
  }

  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mend();
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
    soon();
  });
})(window.amazonia = window.amazonia || {});
