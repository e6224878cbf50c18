"use strict";
(() => {
  const data = JSON.parse(document.getElementById("details").textContent);
  const PER_PAGE = 50;
  const R = { title: 0, about: 1, standing: 2, why: 3, groups: 4, percent: 5, errors: 6, signed: 7, since: 8, rules: 9, link: 10 };
  const SVG = "http://www.w3.org/2000/svg";
  const of = (id) => document.getElementById(id);
  const rows = of("rows");
  const sayings = data.standings.map(([, , says]) => says);
  const words = data.registers.map((register) => `${register[R.title]} ${register[R.about]}`.toLowerCase());
  const sets = (lists) => lists.map((numbers) => new Set(numbers));
  const lacking = sets(data.lacking);
  const owned = sets(data.owned);
  const caused = sets(data.caused);
  let found = data.registers.map((_, number) => number);
  let first = 0;
  let open = null;

  function make(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function bar(groups) {
    const all = Math.max(1, groups.reduce((sum, n) => sum + n, 0));
    const svg = document.createElementNS(SVG, "svg");
    const attributes = { class: "bar", viewBox: `0 0 ${all} 1`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" };
    for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
    let x = 0;
    groups.forEach((n, number) => {
      const rect = document.createElementNS(SVG, "rect");
      const values = { class: ["told", "partly", "open", "untold"][number], x, y: 0, width: n, height: 1 };
      for (const [name, value] of Object.entries(values)) rect.setAttribute(name, value);
      if (n) svg.append(rect);
      x += n;
    });
    return svg;
  }

  const mark = (look, said) => make("span", { class: `mark ${look}` }, String(said));

  function turned(change) {
    if (change === null) return "";
    return change > 0 ? mark("told", `▲ ${change}`) : change < 0 ? mark("untold", `▼ ${-change}`) : "– 0";
  }

  function row(number) {
    const register = data.registers[number];
    const [look, glyph, says] = data.standings[register[R.standing]];
    const name = register[R.link] ? make("a", { href: register[R.link] }, register[R.title]) : register[R.title];
    const about = make("span", { class: "about" }, register[R.about]);
    if (register[R.rules].length) {
      const button = make("button", { type: "button", class: "plain", "aria-expanded": String(open === number) }, open === number ? "close" : "what was found");
      button.addEventListener("click", () => { open = open === number ? null : number; draw(); rows.querySelector(`[data-register="${number}"] button`).focus(); });
      about.append(", ", button);
    }
    const line = make("tr", { "data-register": number }, make("th", { scope: "row" }, name, about));
    if (register[R.why]) {
      line.append(make("td", { colspan: data.since ? 9 : 7 }, mark(look, `${glyph} ${says}`), `: ${register[R.why]}`));
      return [line];
    }
    const cell = (head, said, kind = "r") => make("td", { class: kind, "data-head": head }, said);
    const groups = register[R.groups];
    line.append(
      make("td", {}, mark(look, `${glyph} ${says}`)), cell("Told", register[R.percent] || "–", "r told-share"), make("td", {}, bar(groups)),
      cell("Not told", mark("untold", groups[3])), cell("Not decided", mark("undecided", groups[2])), cell("Errors", String(register[R.errors])),
      cell("Signed off", register[R.signed] || "never", ""),
    );
    if (data.since) {
      const [fresh, change] = register[R.since];
      line.append(cell("New", fresh === null ? "" : String(fresh)), cell("Told, since", turned(change)));
    }
    return open === number ? [line, opened(register)] : [line];
  }

  function opened(register) {
    const list = make("ul");
    for (let n = 0; n < register[R.rules].length; n += 2) {
      const [id, summary] = data.rules[register[R.rules][n]];
      list.append(make("li", {}, `${register[R.rules][n + 1]} × ${summary} `, make("code", {}, id)));
    }
    return make("tr", { class: "open-row" }, make("td", { colspan: data.since ? 10 : 8 }, list));
  }

  function draw() {
    rows.replaceChildren(...found.slice(first, first + PER_PAGE).flatMap(row));
    const last = Math.min(first + PER_PAGE, found.length);
    of("shown").textContent = found.length ? `${first + 1} to ${last} of ${found.length}` : "No register is like that";
    of("back").disabled = first === 0;
    of("next").disabled = last >= found.length;
  }

  function hasRule(register, rule) {
    for (let n = 0; n < register[R.rules].length; n += 2) if (register[R.rules][n] === rule) return true;
    return false;
  }

  function choose() {
    const said = (id) => (of(id) ? of(id).value : "");
    const standing = sayings.indexOf(said("standing"));
    const [cause, rule, sentence, owner] = ["cause", "rule", "sentence", "owner"].map((id) => (said(id) === "" ? -1 : Number(said(id))));
    const asked = said("find").trim().toLowerCase();
    found = [];
    data.registers.forEach((register, number) => {
      if ((standing < 0 || register[R.standing] === standing)
        && (cause < 0 || caused[cause].has(number))
        && (rule < 0 || hasRule(register, rule))
        && (sentence < 0 || lacking[sentence].has(number))
        && (owner < 0 || owned[owner].has(number))
        && (said("news") === "" || register[R.since][0] > 0)
        && (!asked || words[number].includes(asked))) found.push(number);
    });
    first = 0;
    open = null;
    draw();
  }

  of("filters").hidden = false;
  of("turn").hidden = false;
  of("filters").addEventListener("submit", (event) => event.preventDefault());
  of("filters").addEventListener("input", choose);
  of("back").addEventListener("click", () => { first -= PER_PAGE; draw(); of("registers").scrollIntoView(); });
  of("next").addEventListener("click", () => { first += PER_PAGE; draw(); of("registers").scrollIntoView(); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-choose]");
    if (!link) return;
    for (const select of of("filters").querySelectorAll("select")) select.value = "";
    of("find").value = "";
    of(link.dataset.choose).value = link.dataset.value;
    choose();
  });
  draw();
})();
