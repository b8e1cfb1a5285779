// Suggestions below the box of the search, in the head of each page and on the search page; both work without this file.
"use strict";
(() => {
  const form = document.querySelector("form[data-suggest]");
  const box = form && form.querySelector("input[type=search]");
  if (!box) return;
  // The list of the page itself would stand above ours.
  box.removeAttribute("list");
  const list = document.createElement("ul");
  list.className = "suggest";
  list.hidden = true;
  form.querySelector(".find-row").after(list);
  let asked = box.value.trim();
  let timer = 0;

  const link = (one) => {
    const item = document.createElement("li");
    const a = document.createElement("a");
    a.href = one.href;
    a.textContent = one.title;
    if (one.symbol) {
      const symbol = document.createElement("span");
      symbol.className = "suggest-symbol";
      symbol.textContent = one.symbol;
      a.prepend(symbol);
    }
    item.append(a);
    return item;
  };
  const ask = async () => {
    const typed = box.value;
    if (typed.trim() === asked) return;
    asked = typed.trim();
    if (asked.length < 2) {
      list.hidden = true;
      return;
    }
    try {
      const answer = await fetch(form.dataset.suggest + "?q=" + encodeURIComponent(typed));
      if (!answer.ok || box.value !== typed) return;
      const found = await answer.json();
      list.replaceChildren(...found.map(link));
      list.hidden = found.length === 0;
    } catch {
      list.hidden = true;
    }
  };
  box.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, 250);
  });
  form.addEventListener("keydown", (event) => {
    const stops = [box, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !list.hidden) {
      list.hidden = true;
      box.focus();
    } else if (step && !list.hidden && stops[at + step]) {
      event.preventDefault();
      stops[at + step].focus();
    }
  });
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) list.hidden = true;
  });
})();
