// The page by keyboard, and kept true while files change. Nothing here decides anything about a register.
const here = document;
const one = (selector, within = here) => within.querySelector(selector);
const all = (selector, within = here) => [...within.querySelectorAll(selector)];
const dialog = one("#keys");
const single = one("#single");
const kept = {
  get: (name) => { try { return localStorage.getItem(`ropa-${name}`); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(`ropa-${name}`, value); } catch { /* private windows keep nothing */ } },
};
const tell = (said) => { one("#status").textContent = said; };
const resting = () => !here.activeElement?.matches("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");

single.checked = kept.get("single-keys") !== "off";
single.addEventListener("change", () => kept.set("single-keys", single.checked ? "on" : "off"));
for (const field of all("[data-remembered]")) {
  field.value ||= kept.get(field.dataset.remembered) ?? "";
  field.form.addEventListener("submit", () => kept.set(field.dataset.remembered, field.value));
}

// Keys that need no other: they rest while somebody types
const does = {
  keys: () => dialog.showModal(),
  close: (button) => button.closest("dialog").close(),
  aside: () => { one("#aside").showModal(); const reason = one("#aside-reason"); reason.focus(); reason.select(); },
};
here.addEventListener("click", (event) => {
  const button = event.target.closest("[data-does]");
  if (button) does[button.dataset.does](button);
  const save = event.target.closest("[aria-disabled=true]");
  if (save) { event.preventDefault(); tell(one("#why-not")?.textContent ?? ""); }
  const pane = event.target.closest("[data-pane]");
  if (pane) {
    event.preventDefault();
    here.body.classList.toggle("sees-text", pane.dataset.pane === "text");
    for (const other of all("[data-pane]")) other.toggleAttribute("aria-current", other === pane);
  }
});
here.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || here.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const save = one("[data-save]");
    if (save) { event.preventDefault(); save.click(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || !resting()) return;
  if (event.key === "?") { event.preventDefault(); dialog.showModal(); return; }
  if (!single.checked) return;
  if (event.key === "n" && selected()) { event.preventDefault(); take(); return; }
  const change = event.key === "e" && one("[data-key=e]");
  if (change && !location.search.includes("change=")) { event.preventDefault(); change.click(); return; }
  if (event.key === "e" || event.key === "n") { const first = next_field(); if (first) { event.preventDefault(); first.focus(); } return; }
  if (event.key === "/") { const find = one("[data-find]"); if (find) { event.preventDefault(); find.focus(); } return; }
  const wanted = one(`[data-key="${CSS.escape(event.key)}"]`);
  if (wanted) { event.preventDefault(); wanted.click(); }
});

// The sentence in hand
const form = one("#statement, #again");
const next_field = () => form && all("[data-row]:not([hidden]) :is(input[role], select, textarea)", form).find((field) => field.name !== "quote" && !filled(field));
const filled = (field) => field.matches("input[role]") ? one(".token", field.parentElement) !== null : field.value !== "";
one(".m[aria-current]")?.scrollIntoView({ block: "center" });

const selected = () => {
  const found = getSelection();
  const text = one(".text");
  return text && !found.isCollapsed && text.contains(found.anchorNode) ? found.getRangeAt(0) : null;
};
const take = () => {
  const range = selected();
  const held = range.cloneContents();
  for (const sign of all("sup, .unseen", held)) sign.remove(); // they stand in no notice
  for (const block of all("p, div, h2, h3, h4, h5, h6", held)) block.append(" ");
  const words = held.textContent.replace(/\s+/g, " ").trim();
  const around = range.commonAncestorContainer;
  const link = all("[data-sentence]", held).find((other) => other.textContent.trim()) ?? (around.closest ? around : around.parentElement).closest("[data-sentence]");
  if (link && link.dataset.sentence !== form?.elements.sentence.value) {
    sessionStorage.setItem("ropa-words", words);
    getSelection().removeAllRanges(); // a link is not followed while words are selected
    one(`.text [data-sentence="${link.dataset.sentence}"]`).click();
    return;
  }
  if (!form) return;
  form.elements.quote.value = words;
  form.elements.prefix.value = "";
  form.elements.quote.focus();
  changed();
};
if (form && sessionStorage.getItem("ropa-words")) {
  form.elements.quote.value = sessionStorage.getItem("ropa-words");
  sessionStorage.removeItem("ropa-words");
  setTimeout(() => changed(), 0);
}

// Words that are selected, by whatever means: a button offers what the key does, and a link that they were dragged over is not followed
does.take = take;
here.addEventListener("selectionchange", () => { const place = one("#taking"); if (place) place.hidden = !selected(); });
one("#taking")?.addEventListener("pointerdown", (event) => event.preventDefault()); // so that the words stay selected
let pressed = null; // where the mouse went down on a sentence; browsers begin no selection on a link, so that it is none until the mouse goes up
const released = () => { pressed?.link.setAttribute("href", pressed.href); };
here.addEventListener("mousedown", (event) => {
  const link = event.target.closest(".text a.m");
  released(); // the mouse may have gone up where nobody hears of it
  pressed = null;
  if (!event.target.closest(".text") || event.button || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
  getSelection().removeAllRanges();
  if (!link) return;
  pressed = { link, href: link.getAttribute("href"), x: event.clientX, y: event.clientY };
  link.removeAttribute("href");
});
addEventListener("mouseup", released, true);
here.addEventListener("click", (event) => {
  const dragged = pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 3;
  if (dragged && selected() && event.target.closest(".text")) event.preventDefault();
});

let more = false;
let rows = form ? all("[data-row]", form).filter((row) => !row.hidden).map((row) => row.dataset.row) : [];
const says = (row) => all("[type=hidden], select, input[name]:not([type=checkbox]), :checked", row).some((held) => held.value !== "");
const show = (allowed) => {
  rows = allowed;
  for (const row of all("[data-row]", form)) row.hidden = !rows.includes(row.dataset.row) || ("rare" in row.dataset && !more && !says(row));
};
does.more = (button) => { more = true; weigh(); button.hidden = true; };

const inSight = () => one(".list:not([hidden])")?.scrollIntoView({ block: "nearest" }); // whatever grew below it
let asked = 0;
let waiting = 0;
let typed = false;
const weigh = async () => {
  if (form.id === "again") return; // what a change does would tell the answer
  const number = ++asked;
  const answer = await fetch("/weigh", { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (!answer.ok) { tell(await answer.text()); return; }
  const found = await answer.json();
  if (number !== asked) return; // somebody typed on
  one("#change").innerHTML = found.change;
  inSight();
  for (const place of all("[data-ev]", form)) place.innerHTML = found.evidence[place.dataset.ev] ?? "";
  show(found.rows);
  const save = one("[data-save]");
  if (found.why_not) { save.setAttribute("aria-disabled", "true"); save.setAttribute("aria-describedby", "why-not"); } else save.removeAttribute("aria-disabled");
  one("#why-not").textContent = found.why_not || one("#why-not").dataset.yet;
  one("#change").dataset.number = number;
};
const changed = (wait = 0) => { typed = true; clearTimeout(waiting); waiting = setTimeout(weigh, wait); };
form?.addEventListener("change", () => changed());
form?.addEventListener("input", (event) => { if (event.target.name) changed(event.target.matches("select, [type=checkbox]") ? 0 : 40); }); // who types goes on

// Words of the vocabulary, by what is typed of any of their names
const boxes = all("[data-words]").map((field) => {
  const input = one("input[role]", field);
  const list = one(`#${CSS.escape(input.getAttribute("aria-controls"))}`);
  const key = field.dataset.words;
  let turn = 0;
  const close = () => { list.hidden = true; list.replaceChildren(); input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const options = () => all("[role=option]", list);
  const choose = (option) => {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const open = async () => {
    const mine = ++turn;
    const about = new URLSearchParams({ key, q: input.value });
    if (form) about.set("notice", form.elements.notice.value);
    else about.set("facet", one("#entry").elements["f/facet"]?.value ?? "");
    const answer = await fetch(`/words?${about}`);
    if (!answer.ok || mine !== turn || here.activeElement !== input) return;
    list.innerHTML = await answer.text();
    list.hidden = options().length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    inSight();
    if (!list.hidden) choose(options()[0]);
    list.dataset.for = input.value;
  };
  const into = field.dataset.into && one("#entry").elements[field.dataset.into];
  field.hidden = false; // without this script nobody could look for anything there
  const put = (value) => { // into the field of an entry beside it, as one more line or as all it says
    const lines = into.value.split("\n").map((line) => line.trim()).filter(Boolean);
    if (!lines.includes(value)) into.value = into.matches("textarea") ? [...lines, value].join("\n") : value;
    if (into.matches("textarea")) into.rows = Math.max(into.rows, lines.length + 1);
    into.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const add = (value, label) => {
    if (into) put(value);
    else if (!all(`input[name="${CSS.escape(key)}"]`, field).some((held) => held.value === value)) {
      const token = here.createElement("span");
      token.className = "token";
      token.append(`${label} `);
      const away = Object.assign(here.createElement("button"), { type: "button", textContent: "×" });
      away.dataset.away = "";
      away.setAttribute("aria-label", one("#status").dataset.away.replace("{}", label));
      token.append(away, Object.assign(here.createElement("input"), { type: "hidden", name: key, value }));
      input.before(token);
    }
    input.value = "";
    close();
    tell(one("#status").dataset.taken.replace("{}", label));
    if (!into) changed();
  };
  input.addEventListener("input", (event) => { event.stopPropagation(); input.value ? open() : close(); });
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    const chosen = options().find((option) => option.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { open(); return; }
      const step = event.key === "ArrowDown" ? 1 : -1;
      const at = options().indexOf(chosen);
      choose(options()[(at + step + options().length) % options().length]);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (chosen && !list.hidden) add(chosen.dataset.value, chosen.dataset.label);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) input.blur(); else close();
    } else if (event.key === "Backspace" && !input.value) {
      const last = all(".token", field).at(-1);
      if (last) { last.remove(); changed(); }
    }
  });
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { add(option.dataset.value, option.dataset.label); input.focus(); }
  });
  field.addEventListener("click", (event) => {
    if (event.target.closest("[data-away]")) { event.target.closest(".token").remove(); changed(); input.focus(); }
    else if (event.target === field) input.focus();
  });
  return { key, add };
});
// An entry of the register: what a change does, and what is wrong, as it is typed
const entry = one("#entry, #placing");
let looked = 0;
const look = async () => {
  const number = ++looked;
  const answer = await fetch(entry.dataset.weigh ?? "/entry/weigh", { method: "POST", body: new URLSearchParams(new FormData(entry)) });
  if (!answer.ok || number !== looked) return;
  const found = await answer.json();
  one("#change .inside").innerHTML = found.change;
  for (const place of all("[data-problem]", entry)) {
    const problem = found.problems[place.dataset.problem] ?? "";
    place.closest(".f-row, .nest")?.classList.toggle("error", problem !== "");
    one(".v", place)?.remove();
    if (!problem) continue;
    const said = Object.assign(here.createElement("span"), { className: "v gainsaid", textContent: "✗ " });
    said.append(...problem.split("`").map((piece, n) => (n % 2 ? Object.assign(here.createElement("code"), { textContent: piece }) : piece)));
    place.prepend(said);
  }
  entry.dataset.number = number;
};
entry?.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(look, 150); });
form?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) here.activeElement.blur();
  else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && event.target.matches("input, textarea")) event.preventDefault();
});
// News: a file changed outside this page. What is being typed stays; a page where nothing is typed shows it at once
const moment = one("[name=ropa-moment]");
const refreshed = async () => {
  const answer = await fetch(location.href);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of ["#text .text", ".prog"]) {
    const fresh = one(place, page);
    if (fresh && one(place)) one(place).replaceWith(fresh);
  }
};
here.addEventListener("input", () => { typed = true; });
let leaving = false; // a page that is about to be left must not be shown anew: that would stop what was sent
const listensNoMore = () => { leaving = true; news?.close(); delete here.documentElement.dataset.ready; };
const newer = (number) => {
  if (leaving || number <= Number(moment.content)) return;
  const busy = typed || one("dialog[open]") !== null;
  if (!busy && "again" in moment.dataset) { listensNoMore(); location.replace(location.href); return; }
  moment.content = number;
  const news = one("#news");
  one("span", news).textContent = news.dataset.said;
  one("a", news).href = "again" in moment.dataset ? location.href : "/";
  news.hidden = false;
  if (form) { refreshed(); weigh(); }
};
let news = null;
const listen = () => {
  if (here.hidden) { news?.close(); news = null; return; }
  if (news) return;
  news = new EventSource("/events");
  news.addEventListener("message", (event) => newer(Number(event.data)));
};
here.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => { news?.close(); news = null; });
addEventListener("pageshow", listen);
addEventListener("submit", listensNoMore);
here.documentElement.dataset.ready = "";
export { boxes };
