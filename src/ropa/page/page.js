"use strict";
(() => {
  const data = JSON.parse(document.getElementById("details").textContent);
  const FLOW = { id: 0, activity: 1, subjects: 2, recipient: 3, basis: 4, place: 5, notices: 6, facets: 7, marks: 8, why: 9 };
  const FACET = { name: 0, verdict: 1, how: 2, told: 3, against: 4, missing: 5, lacks: 6, drafts: 7, findings: 8, spared: 9, untied: 10, rests: 11, proofs: 12 };
  const ABOUT = {
    omitted: "Missing", partial: "Missing", vague: "Told too loosely", undecidable: "Not decided", untied: "Not tied yet",
    contradicted: "It concerns", ambiguous: "It concerns",
  };
  const RESTS = {
    words: "its words", person: "how somebody reads its words", reading: "a reading: some of it is not in its words, and nobody has signed that",
  };
  const NOTHING = {
    promise: "No flow goes against this promise", told: "No flow is told by this",
    spare: "No verdict rests on this", idle: "No flow of the register matches this, or some of its words",
    item: "This tells a right or a contact, and no flow",
  };
  const views = [...document.querySelectorAll(".view")];
  const rows = [...document.querySelectorAll(".flow")];
  const form = document.getElementById("filters");
  const status = document.getElementById("status");
  const numberOf = new Map(data.flows.map((flow, number) => [flow[FLOW.id], number]));
  const statementOf = new Map(data.statements.map((statement, number) => [statement[0], number]));
  const markOf = (row) => row.closest(".marked").classList[1];
  // How one group is told of a flow, whatever the others are told; of no group, how all are.
  const markFor = (subject, row, flow) => {
    const own = flow[FLOW.marks][flow[FLOW.subjects].indexOf(subject)];
    return own === undefined ? markOf(row) : data.marks[own][0];
  };
  const words = new Map();
  let chosen = [];
  let narrowed = false;

  // As `anchor` in templates.py writes it.
  const anchor = (kind, ...names) =>
    `${kind}:${names.map((name) => encodeURIComponent(name).replaceAll("%2F", "/").replaceAll("%40", "@")).join(",")}`;

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  // Which view, and what in it

  function show(view) {
    for (const other of views) other.classList.toggle("current", other === view);
    for (const link of document.querySelectorAll("nav a"))
      link.dataset.view === view.id ? link.setAttribute("aria-current", "page") : link.removeAttribute("aria-current");
  }

  function showNotice(id) {
    const select = document.getElementById("choose-notice");
    for (const notice of document.querySelectorAll(".notice"))
      notice.classList.toggle("current", notice.dataset.notice === id);
    if (select) select.value = id;
  }

  function route() {
    const hash = location.hash.slice(1);
    const [path, query] = hash.split("?", 2);
    const [kind, ...rest] = path.split(":");
    const name = decoded(rest.join(":"));
    for (const marked of document.querySelectorAll(".target")) marked.classList.remove("target");
    const lost = document.getElementById("lost");
    lost.hidden = true;
    if (kind === "flow" && numberOf.has(name)) return openFlow(numberOf.get(name));
    const statements = kind === "statement" ? rest.join(":").split(",").map(decoded) : [];
    if (statements.length && statements.every((id) => statementOf.has(id)))
      return choose(statements.map((id) => statementOf.get(id)), true);
    if (kind === "notice") {
      show(document.getElementById("flows"));
      showNotice(name);
      return toTop();
    }
    if (path === "flows") {
      const left = document.querySelector(".view.current .flow.open");
      show(document.getElementById("flows"));
      setFilters(new URLSearchParams(query || ""));
      if (!left) return toTop();
      close(left); // back from a flow to the list it was in
      left.firstElementChild.focus({ preventScroll: true });
      return left.scrollIntoView({ block: "nearest" });
    }
    if (kind === "diagram") { // what of it is shown is known to the script of that view
      show(document.getElementById("diagram"));
      return toTop();
    }
    const target = document.getElementById(path) || (rest.length && document.getElementById(anchor(kind, name)));
    lost.hidden = !hash || Boolean(target);
    lost.textContent = `This link leads to ${decoded(hash)}, and there is no such thing in this register now.`;
    const view = target && target.closest(".view");
    show(view || views[0]);
    if (target && view && target !== view) reveal(target);
    else toTop();
  }

  function toTop() {
    scrollTo(0, 0);
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function reveal(target) {
    for (let here = target; here; here = here.parentElement) if (here.tagName === "DETAILS") here.open = true;
    if (asking && target.closest("#findings") && target.closest("[hidden]")) {
      asking.reset(); // a link leads to what was sifted out
      sift();
    }
    target.classList.add("target");
    target.scrollIntoView({ block: "center" });
    (target.querySelector("a, button, summary") || target).focus({ preventScroll: true });
  }

  // The list of flows

  function setFilters(wanted) {
    for (const field of form.querySelectorAll("[name]")) field.value = wanted.get(field.name) || "";
    chosen = [];
    filter();
  }

  function text(row) {
    if (!words.has(row)) {
      const activity = data.activities[data.flows[row.dataset.n][FLOW.activity]][1];
      words.set(row, `${row.textContent} ${activity}`.toLowerCase());
    }
    return words.get(row);
  }

  function filter() {
    const wanted = Object.fromEntries(new FormData(form));
    const asked = wanted.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const all = !chosen.length && !Object.values(wanted).some(Boolean);
    if (all && !narrowed) return count(rows.length, all);
    narrowed = !all;
    const one = (list, id) => list.findIndex((entry) => entry[0] === id);
    const activity = one(data.activities, wanted.activity);
    const subject = one(data.subjects, wanted.subject);
    const recipient = one(data.recipients, wanted.recipient);
    let shown = 0;
    let elsewhere = 0;
    for (const row of rows) {
      const flow = data.flows[row.dataset.n];
      const fits =
        (!wanted.activity || flow[FLOW.activity] === activity) &&
        (!wanted.subject || flow[FLOW.subjects].includes(subject)) &&
        (!wanted.recipient || flow[FLOW.recipient] === recipient) &&
        (!wanted.notice || data.texts[flow[FLOW.notices]].includes(wanted.notice)) &&
        (!wanted.mark || markFor(subject, row, flow) === wanted.mark) &&
        (!wanted.since || row.dataset.since === wanted.since) &&
        (!chosen.length || saidOf(flow).length > 0) &&
        asked.every((word) => text(row).includes(word));
      row.hidden = !fits;
      shown += fits;
      elsewhere += fits && Boolean(wanted.mark) && markOf(row) !== wanted.mark;
    }
    for (const group of document.querySelectorAll(".activity, .marked")) {
      group.hidden = !group.querySelector(".flow:not([hidden])");
      if (group.tagName === "DETAILS" && !all && !group.hidden) group.open = true;
    }
    count(shown, all, elsewhere);
  }

  function count(shown, all, elsewhere = 0) {
    const others = elsewhere ? `; ${elsewhere} of them under another heading, as others are told otherwise` : "";
    const said = all ? `${shown} flows` : `${shown} of ${rows.length} flows${others}`;
    document.getElementById("shown").textContent = said;
    document.getElementById("all").hidden = all;
    status.textContent = said;
    tellStatement();
  }

  function saidOf(flow) {
    const here = new Set(chosen);
    return flow[FLOW.facets]
      .map((number) => data.facets[number])
      .filter((facet) => [...facet[FACET.told], ...against(facet)].some((number) => here.has(number)));
  }

  // What a flow goes against; of what is an exception to a promise stands there the promise.
  function against(facet) {
    return facet[FACET.verdict] === "clear" ? [] : facet[FACET.against];
  }

  // A sentence of the notice: the flows it tells

  function choose(statements, scroll) {
    show(document.getElementById("flows"));
    chosen = statements;
    for (const field of form.querySelectorAll("[name]")) field.value = "";
    showNotice(data.notices[data.statements[statements[0]][1]][0]);
    filter();
    const first = mark(statements);
    if (scroll && first) first.scrollIntoView({ block: "center" });
  }

  function mark(statements) {
    const wanted = new Set(statements.map(String));
    let first = null;
    for (const said of document.querySelectorAll("a.said")) {
      const hit = said.dataset.said.split(" ").some((number) => wanted.has(number));
      said.classList.toggle("chosen", hit);
      if (hit && !first && said.closest(".notice.current")) first = said;
    }
    return first;
  }

  function tellStatement() {
    const line = document.getElementById("by-statement");
    line.hidden = !chosen.length;
    if (!chosen.length) mark([]);
    for (const here of document.querySelectorAll(".here")) here.remove();
    if (!chosen.length) return;
    const said = chosen.map((number) => data.statements[number]);
    const promise = said.every((statement) => statement[4] === "promise");
    const these = said.length > 1 ? "these" : "this";
    const how = rows.every((row) => row.hidden) ? NOTHING[said.at(-1)[4]]
      : promise ? `The flows that go against ${these} promise${said.length > 1 ? "s" : ""}`
      : `The flows that ${these} tell${said.length > 1 ? "" : "s"}`;
    const quotes = said.map(([id, , quote]) => make("a", { href: `#${anchor("statement", id)}` }, `“${quote}”`));
    line.replaceChildren(`${how}: `, ...quotes.flatMap((quote, n) => (n ? ["; ", quote] : [quote])));
    for (const row of rows)
      if (!row.hidden) {
        const facets = saidOf(data.flows[row.dataset.n]).map((facet) => facet[FACET.name]);
        row.firstElementChild.append(make("span", { class: "here" }, facets.join(", ")));
      }
  }

  function sideBySide() {
    return getComputedStyle(document.querySelector(".notices")).position === "sticky";
  }

  // One flow in full

  function openFlow(number) {
    const row = document.querySelector(`.flow[data-n="${number}"]`);
    show(document.getElementById("flows"));
    if (row.hidden) setFilters(new URLSearchParams());
    for (const other of document.querySelectorAll(".flow.open")) if (other !== row) close(other);
    open(row);
    for (let here = row; here; here = here.parentElement) if (here.tagName === "DETAILS") here.open = true;
    const said = data.flows[number][FLOW.facets].flatMap((facet) => {
      const { [FACET.told]: told, [FACET.against]: against } = data.facets[facet];
      return [...against, ...told];
    });
    const current = document.querySelector(".notice.current");
    if (said.length && current) {
      const notices = said.map((statement) => data.notices[data.statements[statement][1]][0]);
      if (!notices.includes(current.dataset.notice)) showNotice(notices[0]);
    }
    const first = mark(said);
    const pane = document.querySelector(".notices");
    if (first && sideBySide())
      pane.scrollTop += first.getBoundingClientRect().top - pane.getBoundingClientRect().top - 80;
    row.scrollIntoView({ block: "nearest" });
    row.firstElementChild.focus({ preventScroll: true });
  }

  function open(row) {
    row.classList.add("open");
    row.firstElementChild.setAttribute("aria-expanded", "true");
    if (!row.querySelector(".detail")) row.append(detail(Number(row.dataset.n)));
  }

  function close(row) {
    row.classList.remove("open");
    row.firstElementChild.setAttribute("aria-expanded", "false");
    row.querySelector(".detail")?.remove();
  }

  function detail(number) {
    const flow = data.flows[number];
    const made = make("div", { class: "detail" });
    const facts = make("dl");
    const fact = (name, said, of = {}) => facts.append(make("dt", of, name), make("dd", of, said));
    const [activity, name] = data.activities[flow[FLOW.activity]];
    const aside = { class: "aside" }; // not needed on paper
    fact("Activity", make("a", { href: `#${anchor("activity", activity)}` }, name), aside);
    fact("In the register", make("span", { class: "place" }, flow[FLOW.place]));
    fact("Lawful basis", data.texts[flow[FLOW.basis]]);
    const reaching = data.texts[flow[FLOW.notices]];
    const notices = data.notices.filter(([id]) => reaching.includes(id)).map(([, title]) => title);
    fact("Notices these people get", notices.join("; ") || "none", aside);
    if (!flow[FLOW.why]) fact("How the verdict came about", make("code", {}, `ropa why ${flow[FLOW.id]}`), aside);
    const facets = flow[FLOW.facets].map((facet) => data.facets[facet]);
    const clear = (facet) => facet[FACET.verdict] === "clear";
    made.append(facts, ...facets.filter((facet) => !clear(facet)).map(facetOf), ...facets.filter(clear).map(facetOf));
    if (flow[FLOW.why])
      made.append(make("details", { class: "why" }, make("summary", {}, "How the verdict came about"), make("pre", { tabindex: "0" }, flow[FLOW.why])));
    if (!flow[FLOW.facets].length) made.append(make("p", {}, "It is done on behalf of others, who have to tell people."));
    return made;
  }

  function facetOf(facet) {
    const clear = facet[FACET.verdict] === "clear";
    const made = make("div", { class: clear ? "facet clear" : "facet" });
    const how = facet[FACET.how] ? `, ${facet[FACET.how]}` : "";
    const word = { clear: "told", partial: "partly", vague: "partly", undecidable: "undecided", untied: "undecided" }[facet[FACET.verdict]] || "untold";
    const mark = data.marks.find((entry) => entry[0] === word);
    const glyph = make("span", { class: "glyph", "aria-hidden": "true" }, mark[1]);
    made.append(
      make("h5", {}, `${data.asked[facet[FACET.name]]} `, make("span", { class: `mark ${word}` }, glyph, ` ${data.plainly[facet[FACET.verdict]]}${how}`)),
    );
    if (!clear && facet[FACET.missing] >= 0) made.append(make("p", {}, `${ABOUT[facet[FACET.verdict]]}: ${data.texts[facet[FACET.missing]]}`));
    if (facet[FACET.lacks]) made.append(make("p", {}, `Lacks: ${facet[FACET.lacks]}`));
    if (facet[FACET.untied].length) {
      const sentences = facet[FACET.untied].map((number) => make("li", {}, data.texts[number]));
      made.append(make("p", {}, "These sentences may tell some of it, and nobody has tied them:"), make("ul", {}, ...sentences));
    }
    if (facet[FACET.rests]) made.append(make("p", { class: "quiet" }, `Rests on ${RESTS[facet[FACET.rests]]}`));
    const quotes = make("ul");
    const before = clear ? "a promise, to which there is an exception: " : "goes against it: ";
    for (const number of facet[FACET.against]) quotes.append(quoted(number, before));
    for (const [number, met] of facet[FACET.spared]) quotes.append(quoted(number, `a promise, and its exception is on record (${met}): `));
    facet[FACET.told].forEach((number, n) => {
      if (!facet[FACET.against].includes(number)) quotes.append(proved(quoted(number, ""), data.proofs[facet[FACET.proofs][n]]));
    });
    if (quotes.children.length) made.append(quotes);
    for (const number of facet[FACET.findings]) made.append(...finding(data.findings[number]));
    for (const number of facet[FACET.drafts]) {
      const [wording, notice, caution] = data.sentences[number];
      made.append(
        make("p", {}, `A draft for “${notice}”, which closes others with it (`, make("a", { href: `#draft:${number + 1}` }, `sentence ${number + 1}`), "):"),
        make("blockquote", {}, make("p", {}, wording)),
      );
      if (caution) made.push(make("p", {}, make("strong", {}, "Take care:"), ` ${caution}.`));
    }
    return made;
  }

  function quoted(number, before) {
    const [id, , quote, at] = data.statements[number];
    const link = make("a", { href: `#${anchor("statement", id)}` }, `“${quote}”`);
    return make("li", {}, before, link, " ", make("span", { class: "place quiet" }, at));
  }

  // The sentence with the words marked that prove it, and what it rests on
  function proved(item, proof) {
    if (!proof) return item;
    const [rests, stretches] = proof;
    if (stretches.length) item.append(make("p", { class: "proof" }, ...stretches.map(([text, proves]) => (proves ? make("mark", {}, text) : text))));
    item.append(" ", make("span", { class: "quiet" }, rests));
    return item;
  }

  function finding([id, severity, message, hint, accepted]) {
    const link = make("a", { href: `#${anchor("finding", id)}` }, message);
    const said = [make("p", {}, make("span", { class: `tag ${severity}` }, severity), " ", link)];
    if (hint) said.push(make("p", { class: "hint" }, ...prose(hint)));
    if (accepted) said.push(make("p", { class: "quiet" }, `Accepted by ${accepted}.`));
    else said.push(waiver(id));
    return said;
  }

  // Words between backquotes are code, as in templates.py
  function prose(text) {
    const pieces = text.split("`");
    return pieces.length % 2 ? pieces.map((piece, n) => (n % 2 ? make("code", {}, piece) : piece)) : [text];
  }

  function waiver(id) {
    const lines = ["kind: waiver", "id: …", `finding: ${JSON.stringify(id)}`, "reason: …", "owner: …", "until: …"];
    return make("details", {}, make("summary", {}, "To accept it for now"), make("pre", { tabindex: "0" }, lines.join("\n")));
  }

  // What the reader does

  function fill(name, entries, label = (entry) => entry[1]) {
    const field = form.elements[name];
    for (const entry of [...entries].sort((a, b) => label(a).localeCompare(label(b))))
      field.append(make("option", { value: entry[0] }, label(entry)));
  }

  function narrow() {
    chosen = [];
    filter();
    const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    history.replaceState(null, "", `#flows${wanted.size ? `?${wanted}` : ""}`);
  }

  function go(hash) {
    if (location.hash === `#${hash}`) route();
    else location.hash = hash;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(".flow > button");
    if (button) {
      const row = button.parentElement;
      if (row.classList.contains("open")) close(row);
      else go(anchor("flow", data.flows[row.dataset.n][FLOW.id]));
      return;
    }
    const said = event.target.closest("a.said");
    if (said && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      const numbers = said.dataset.said.split(" ").map(Number);
      history.pushState(null, "", `#${anchor("statement", ...numbers.map((number) => data.statements[number][0]))}`);
      choose(numbers, false);
      const line = document.getElementById("by-statement");
      if (!sideBySide()) line.scrollIntoView({ block: "start" }); // else nobody would see that anything happened
    }
    const quote = event.target.closest("#by-statement a");
    if (quote && quote.hash === location.hash) route();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(narrow));
  form.addEventListener("input", narrow);
  document.getElementById("choose-notice")?.addEventListener("change", (event) => {
    go(anchor("notice", event.target.value));
  });

  const record = document.getElementById("r-words");
  record.addEventListener("input", () => {
    const asked = record.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const entry of document.querySelectorAll("#register .entry")) {
      if (!words.has(entry)) words.set(entry, entry.textContent.toLowerCase());
      entry.hidden = !asked.every((word) => words.get(entry).includes(word));
      count += !entry.hidden;
    }
    document.getElementById("r-shown").textContent = asked.length ? `${count} found` : "";
  });

  // The findings: what is asked for, by words, severity, owner, state, and what is new

  const asking = document.getElementById("finding-filters");
  function sift() {
    const wanted = Object.fromEntries(new FormData(asking));
    const asked = wanted.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const ruled of document.querySelectorAll("#findings .ruled")) {
      if (!words.has(ruled)) words.set(ruled, ruled.querySelector("h3").textContent.toLowerCase() + ruled.querySelector("code").textContent);
      let any = false;
      for (const one of ruled.querySelectorAll(".finding")) {
        if (!words.has(one)) words.set(one, `${one.textContent.toLowerCase()} ${words.get(ruled)}`);
        const fits = ["severity", "owner", "state", "since"].every((name) => !wanted[name] || one.dataset[name] === wanted[name]);
        one.hidden = !fits || !asked.every((word) => words.get(one).includes(word));
        count += !one.hidden;
        any = any || !one.hidden;
      }
      ruled.hidden = !any;
    }
    document.getElementById("g-shown").textContent = `${count} found`;
  }
  if (asking) {
    asking.addEventListener("submit", (event) => event.preventDefault());
    asking.addEventListener("reset", () => setTimeout(sift));
    asking.addEventListener("input", sift);
    asking.hidden = false;
    sift();
  }

  document.getElementById("to-flows")?.addEventListener("click", () => {
    const rows = document.querySelectorAll("#flows .flow:not([hidden]) > button");
    [...rows].find((button) => button.checkVisibility?.() ?? true)?.focus();
  });

  const opened = [];
  const unfolded = [];
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll(".view.current :is(.entry:not([hidden]), .warning details, .more):not([open])")) {
      folded.open = true;
      unfolded.push(folded);
    }
    if (!document.getElementById("in-full")?.checked) return; // one line a flow, unless more is asked for
    for (const row of document.querySelectorAll(".view.current .marked[open]:not(.told) .flow:not([hidden], .open)")) {
      open(row);
      opened.push(row);
    }
  });
  addEventListener("afterprint", () => {
    opened.splice(0).forEach(close);
    for (const folded of unfolded.splice(0)) folded.open = false;
  });

  fill("notice", data.notices);
  fill("subject", data.subjects);
  fill("activity", data.activities);
  fill("recipient", data.recipients);
  form.hidden = false;
  record.parentElement.hidden = false;
  document.documentElement.classList.add("scripted");
  if (data.notices.length) showNotice(data.notices[0][0]);
  filter();
  addEventListener("hashchange", route);
  route();
})();
