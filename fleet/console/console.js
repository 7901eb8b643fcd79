// Fetch the page anew when the server says that something changed; keep place and focus.
"use strict";
const main = document.querySelector("main[data-live]");
if (main) {
  const source = new EventSource("/events");
  let first = true;
  let busy = false;
  source.onmessage = async () => {
    // Whoever writes is not interrupted: what they wrote would be gone.
    const writes = document.activeElement && document.activeElement.closest("main input, main select");
    if (first || busy || writes || document.hidden) { first = false; return; }
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { "X-Live": "1" } });
      if (!answer.ok || answer.redirected) { source.close(); location.reload(); return; }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const focused = document.activeElement && document.activeElement.getAttribute("href");
      main.replaceChildren(...fresh.querySelector("main").childNodes);
      if (focused) { main.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus(); }
    } finally { busy = false; }
  };
}

// Keys: "/" goes to the search, "g" and a letter to a page. Never while somebody writes.
const pages = { o: "/", t: "/terminals", c: "/commands", s: "/statistics" };
let waits = false;
document.addEventListener("keydown", (event) => {
  const writes = event.target.closest("input, select, textarea");
  if (writes || event.ctrlKey || event.metaKey || event.altKey) { waits = false; return; }
  const goes = waits && Object.hasOwn(pages, event.key);
  waits = event.key === "g";
  if (goes) { location.href = pages[event.key]; return; }
  if (event.key === "/") {
    event.preventDefault();
    const field = document.querySelector("input[type=search]");
    if (field) { field.focus(); } else { location.href = "/search"; }
  }
});

// A slip goes on paper.
document.querySelector("[data-print]")?.addEventListener("click", () => { print(); });
