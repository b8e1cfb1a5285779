// Small comforts. Every page works without this file.
"use strict";
(() => {
  // After errors, start at the summary.
  const errors = document.getElementById("errors");
  if (errors) errors.focus();

  // A double click sends once. The button works again when the page comes back from the history.
  const sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    if (sent.has(event.target)) event.preventDefault();
    else if (event.target.method === "post") {
      sent.add(event.target);
      window.setTimeout(() => sent.delete(event.target), 5000);
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
})();
