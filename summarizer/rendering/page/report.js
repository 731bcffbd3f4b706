/* Lights quotes in their articles, opens quotes beside each other, and moves through matrices by arrow keys.
   All text of the page was written and escaped by the program; nothing here makes markup out of text. */
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const reader = byId("articles"), trail = byId("trail"), popover = byId("proofs");
  let origin = null; // the link that the reader followed into an article

  document.documentElement.classList.add("scripted");

  /* Quotes in their articles */

  function light(key) {
    for (const mark of document.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    const found = document.querySelectorAll(`mark[data-quotes~="${CSS.escape(key)}"]`);
    for (const mark of found) mark.classList.add("lit");
    return found[0] || null;
  }

  function bring(element) {
    const frame = reader.getBoundingClientRect();
    if (getComputedStyle(reader).overflowY === "auto") {
      reader.scrollTop += element.getBoundingClientRect().top - frame.top - frame.height / 3;
      if (frame.top > innerHeight / 2 || frame.bottom < innerHeight / 2) reader.scrollIntoView({ block: "nearest" });
    } else {
      element.scrollIntoView({ block: "center" });
    }
  }

  function open(link) {
    const mark = light(link.dataset.quote);
    if (!mark) return false;
    leave();
    origin = link;
    link.setAttribute("aria-current", "true");
    const passage = mark.closest(".passage");
    trail.hidden = false;
    trail.lastElementChild.textContent = describe(link);
    bring(mark);
    passage.tabIndex = -1;
    passage.focus({ preventScroll: true });
    return true;
  }

  function describe(link) {
    const field = link.closest("tbody").querySelector(".field").textContent;
    const by = link.closest(".quote");
    return `${field}: ${by ? by.querySelector(".by").textContent.trim() : link.getAttribute("aria-label")}`;
  }

  function leave() {
    if (origin) origin.removeAttribute("aria-current");
    trail.hidden = true;
    const last = origin;
    origin = null;
    return last;
  }

  function back() {
    const last = leave();
    if (!last) return;
    last.focus({ preventScroll: true });
    last.scrollIntoView({ block: "nearest" });
  }

  /* What a passage proves */

  function explain(note) {
    const proofs = byId(note.getAttribute("href").slice(1)).querySelector("ul").cloneNode(true);
    const heading = document.createElement("h4");
    heading.textContent = "These words prove";
    popover.replaceChildren(heading, proofs);
    note.focus({ preventScroll: true });
    popover.showPopover();
    const place = note.getBoundingClientRect(), size = popover.getBoundingClientRect();
    const below = place.bottom + 6 + size.height < innerHeight;
    popover.style.left = `${Math.max(8, Math.min(place.left - 24, innerWidth - size.width - 8))}px`;
    popover.style.top = `${Math.max(8, below ? place.bottom + 6 : place.top - size.height - 6)}px`;
    popover.querySelector("a").focus({ preventScroll: true });
  }

  /** The footnote of a passage; one that goes on in the next paragraph has it there. */
  function noteOf(passage) {
    const text = passage.closest(".text");
    return [...text.querySelectorAll(".note")].find(
      (note) => passage.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
  }

  function toRow(link) {
    const row = byId(link.getAttribute("href").slice(1));
    if (!row) return;
    if (popover.matches(":popover-open")) popover.hidePopover();
    if (link.dataset.lights) light(link.dataset.lights);
    requestAnimationFrame(() => (row.querySelector(".field") || row).focus({ preventScroll: true }));
  }

  /* Quotes side by side */

  function toggle(field, opened = !field.closest("tbody").classList.contains("open")) {
    field.closest("tbody").classList.toggle("open", opened);
    field.setAttribute("aria-expanded", String(opened));
  }

  /* Matrices */

  function grid(table) {
    const rows = [...table.tBodies].map((body) =>
      [...body.rows[0].cells].map((cell) => cell.querySelector("a") || cell),
    );
    const stops = rows.flat();
    for (const stop of stops) stop.tabIndex = -1;
    if (rows.length) rows[0][0].tabIndex = 0;
    table.setAttribute("role", "grid");
    table.addEventListener("focusin", (event) => {
      if (!stops.includes(event.target)) return;
      for (const stop of stops) stop.tabIndex = -1;
      event.target.tabIndex = 0;
    });
    table.addEventListener("keydown", (event) => {
      const y = rows.findIndex((row) => row.includes(event.target));
      if (y < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const x = rows[y].indexOf(event.target), last = rows[y].length - 1;
      const steps = {
        ArrowRight: [y, x + 1], ArrowLeft: [y, x - 1], ArrowDown: [y + 1, x], ArrowUp: [y - 1, x],
        Home: [y, 0], End: [y, last],
      };
      const step = steps[event.key];
      if (!step) return;
      event.preventDefault();
      const next = rows[step[0]] && rows[step[0]][step[1]];
      if (next) next.focus();
    });
  }

  for (const field of document.querySelectorAll(".field")) {
    field.setAttribute("role", "button");
    field.setAttribute("aria-controls", field.getAttribute("href").slice(1));
    toggle(field, false);
  }
  for (const table of document.querySelectorAll("table[data-grid]")) grid(table);

  /* A cell whose words were not located leads to the field's quotes. */
  function unfold(link) {
    const body = link.closest("tbody");
    if (body && link.getAttribute("href") === `#${body.id}-quotes`) toggle(body.querySelector(".field"), true);
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const link = event.target.closest("a"), passage = event.target.closest(".passage");
    if (link && link.matches(".field")) {
      event.preventDefault();
      toggle(link);
    } else if (link && link.dataset.quote) {
      if (open(link)) event.preventDefault();
    } else if (link && link.matches(".note")) {
      event.preventDefault();
      explain(link);
    } else if (link && trail.contains(link)) {
      event.preventDefault();
      back();
    } else if (link && (link.dataset.lights || link.matches(".dispute, .unlocated a"))) {
      toRow(link);
    } else if (link) {
      unfold(link);
    } else if (passage && getSelection().isCollapsed) {
      explain(noteOf(passage));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches(".field")) {
      event.preventDefault();
      toggle(event.target);
    } else if (event.key === "Escape" && !popover.matches(":popover-open") && reader.contains(event.target)) {
      back();
    }
  });

  addEventListener("beforeprint", () => {
    for (const notes of document.querySelectorAll("details")) notes.open = true;
  });

  /* The record */

  const save = byId("save");
  save.hidden = false;
  save.addEventListener("click", () => {
    const record = JSON.stringify(JSON.parse(byId("record").textContent), null, 2) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([record], { type: "application/json" }));
    link.download = "record.json";
    link.click();
    URL.revokeObjectURL(link.href);
  });
})();
