"use strict";
(() => {
  const view = document.getElementById("diagram");
  const written = document.getElementById("diagram-data");
  if (!view || !written) return;

  const data = JSON.parse(written.textContent);
  const form = view.querySelector("form");
  const field = (name) => document.getElementById(`diagram-${name}`);
  const fields = ["subject", "activity", "recipient"].map((name) => [name, field(name)]);
  const boxes = [...form.querySelectorAll("[name=mark]")];
  const figures = new Map([...view.querySelectorAll(".picture")].map((figure) => [figure.dataset.shows, figure]));
  const marks = data.marks;
  const activityOf = [];
  data.activities.forEach(([, count], number) => {
    for (let n = 0; n < count; n += 1) activityOf.push(number);
  });
  const reach = new Map();
  const pictures = new Map();
  let current = null;

  // Numbers as `runs` in drawing.py writes them: 3 7-9

  function numbers(runs) {
    const found = [];
    for (const run of (runs || "").split(" ").filter(Boolean)) {
      const [first, last] = run.split("-").map(Number);
      for (let n = first; n <= (last ?? first); n += 1) found.push(n);
    }
    return found;
  }

  // The flows that the data of a group takes: the graph was asked, here it is looked up

  function reached(group) {
    if (!reach.has(group)) reach.set(group, new Set(numbers(data.groups[group][1])));
    return reach.get(group);
  }

  // Whether an arrow begins or ends at people whose data is not that of the group

  function ofOthers(arrow, group) {
    const alike = data.groups[group][3];
    return arrow.ends.some(({ element }) => element.dataset.group && !alike.includes(Number(element.dataset.group)));
  }

  // A picture, read once: what is in it, and what belongs to what

  function read(figure) {
    const svg = figure.querySelector("svg.flows");
    const things = [...svg.querySelectorAll(".box, .row, .arrow")].map((element) => ({
      element,
      kind: element.classList[0],
      flows: numbers(element.dataset.flows),
      ends: numbers(element.dataset.boxes),
      x: Number(element.querySelector("rect").getAttribute("x")),
      y: Number(element.querySelector("rect").getAttribute("y")),
    }));
    const of = (kind) => things.filter((thing) => thing.kind === kind);
    const arrows = of("arrow");
    for (const arrow of arrows) arrow.lines = [];
    const lines = [...svg.querySelectorAll("[data-arrows]")].map((element) => {
      const own = numbers(element.dataset.arrows).map((number) => arrows[number]);
      const line = { element, arrows: own };
      for (const arrow of own) arrow.lines.push(line);
      return line;
    });
    const picture = { figure, svg, things, lines, arrows, boxes: of("box"), rows: of("row"), scale: 0 };
    for (const thing of things) {
      thing.element.setAttribute("tabindex", "-1");
      thing.ends = thing.ends.map((number) => picture.boxes[number]);
    }
    picture.wide = Number(svg.getAttribute("width"));
    picture.high = Number(svg.getAttribute("height"));
    picture.all = new Set(things.flatMap((thing) => thing.flows));
    picture.byElement = new Map(things.map((thing) => [thing.element, thing]));
    for (const line of lines) picture.byElement.set(line.element, line);
    figure.querySelector(".sheet").setAttribute("role", "application");
    return picture;
  }

  // What is wanted

  function asked() {
    const number = (list, id) => (id ? list.findIndex((entry) => (entry[0] ?? entry) === id) : -1);
    const group = number(data.groups, field("subject").value);
    const activity = number(data.activities, field("activity").value);
    const recipient = field("recipient").value ? data.recipients.indexOf(field("recipient").value) : -1;
    const wanted = new Set(boxes.filter((box) => box.checked).map((box) => data.words.indexOf(box.value)));
    const every = group < 0 && activity < 0 && recipient < 0 && wanted.size === boxes.length;
    const flows = group < 0 ? null : reached(group);
    const fits = (flow) =>
      (!flows || flows.has(flow)) &&
      (activity < 0 || activityOf[flow] === activity) &&
      (recipient < 0 || data.to[flow] === recipient) &&
      wanted.has(marks[flow]);
    return { group, every, fits };
  }

  function cut() {
    const { group, every, fits } = asked();
    field("followed").hidden = group < 0;
    if (group >= 0) field("followed").textContent = `${field("subject").selectedOptions[0].text}: ${data.groups[group][2]}`;
    if (!current) return;
    const { things, lines, all } = current;
    for (const thing of things)
      thing.fits = every || (thing.flows.some(fits) && !(group >= 0 && thing.kind === "arrow" && ofOthers(thing, group)));
    if (!every)
      for (const thing of things) if (thing.fits) for (const end of thing.ends) end.fits = true;
    for (const thing of things) thing.element.classList.toggle("dim", !thing.fits);
    for (const line of lines) line.element.classList.toggle("dim", !line.arrows.some((arrow) => arrow.fits));
    const count = every ? all.size : [...all].filter(fits).length;
    field("status").textContent = every
      ? `All ${all.size} flows are shown.`
      : `${count} of ${all.size} flows are shown; the rest is faint.`;
  }

  // Which picture

  function show(name) {
    const known = figures.has(name);
    const figure = figures.get(known ? name : "");
    for (const other of figures.values()) other.hidden = other !== figure;
    field("shows").value = known ? name : "";
    const missing = known ? "" : name.slice(1);
    field("missing").hidden = !missing;
    field("missing").querySelector("span").textContent = missing;
    if (missing && data.activities.some(([id]) => id === missing)) field("activity").value = missing;
    const table = !figure.querySelector("svg.flows");
    form.querySelector(".only").hidden = table;
    form.querySelector(".tools").hidden = table;
    leave();
    current = null;
    if (table) return cut();
    if (!pictures.has(figure)) pictures.set(figure, read(figure));
    current = pictures.get(figure);
    field("activity").disabled = name.startsWith(":") && known;
    if (field("activity").disabled) field("activity").value = "";
    fit();
    cut();
  }

  function fit() {
    if (!current) return;
    const room = current.figure.querySelector(".sheet").clientWidth;
    if (!room) return;
    const scale = current.scale || Math.min(1, Math.max(0.7, room / current.wide));
    current.svg.setAttribute("width", Math.floor(current.wide * scale));
    current.svg.setAttribute("height", Math.floor(current.high * scale));
  }

  function zoom(step) {
    if (!current) return;
    const now = Number(current.svg.getAttribute("width")) / current.wide;
    const room = current.figure.querySelector(".sheet").clientWidth;
    current.scale = step ? Math.min(3, Math.max(0.2, now * 1.25 ** step)) : Math.min(1, room / current.wide);
    fit();
  }

  // The address says what is shown: #diagram, #diagram:letters, #diagram?as=matrix, each with ?subject=…

  const decoded = (text) => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };

  function route() {
    const found = /^#diagram(?::([^?]*))?(?:\?(.*))?$/.exec(location.hash);
    if (!found) return;
    const wanted = new URLSearchParams(found[2] || "");
    for (const [name, select] of fields) {
      select.value = wanted.get(name) || "";
      if (select.selectedIndex < 0) select.value = "";
    }
    const some = wanted.getAll("mark");
    for (const box of boxes) box.checked = !some.length || some.includes(box.value);
    show(wanted.get("as") === "matrix" && figures.has("?as=matrix") ? "?as=matrix" : found[1] ? `:${decoded(found[1])}` : "");
  }

  function address() {
    const wanted = new URLSearchParams();
    for (const [name, select] of fields) if (select.value) wanted.set(name, select.value);
    if (boxes.some((box) => !box.checked))
      for (const box of boxes) if (box.checked) wanted.append("mark", box.value);
    const shows = current ? current.figure.dataset.shows : "";
    const path = shows ? `:${encodeURIComponent(shows.slice(1))}` : "";
    history.replaceState(null, "", `#diagram${path}${wanted.size ? `?${wanted}` : ""}`);
  }

  // Pointing at something shows what it is connected to; at a group, everywhere its data can go

  function connected(thing) {
    const lit = new Set();
    const add = (arrow) => {
      lit.add(arrow);
      for (const end of arrow.ends) lit.add(end);
    };
    const { arrows, rows } = current;
    if (thing.arrows) thing.arrows.forEach(add);
    else if (thing.kind === "arrow") {
      const { flows } = thing.element.dataset; // what several groups give has an arrow from each
      arrows.filter((other) => other.element.dataset.flows === flows).forEach(add);
    }
    else if (thing.kind === "row") [thing, ...thing.ends].forEach((one) => lit.add(one));
    else if (thing.element.dataset.group) {
      const group = Number(thing.element.dataset.group);
      const flows = reached(group);
      const own = (one) => one.flows.some((flow) => flows.has(flow));
      lit.add(thing);
      for (const one of arrows) if (own(one) && !ofOthers(one, group)) add(one);
      for (const row of rows) if (own(row)) [row, ...row.ends].forEach((one) => lit.add(one));
    } else {
      lit.add(thing);
      for (const arrow of arrows) if (arrow.ends.includes(thing)) add(arrow);
      for (const row of rows) if (row.ends.includes(thing)) lit.add(row);
    }
    return lit;
  }

  function point(thing) {
    if (!current || !thing) return;
    const lit = connected(thing);
    current.svg.classList.add("pointing");
    for (const one of current.things) one.element.classList.toggle("lit", lit.has(one));
    for (const line of current.lines) line.element.classList.toggle("lit", line.arrows.some((arrow) => lit.has(arrow)));
    const said = thing.arrows ? thing.arrows.map((arrow) => name(arrow)).join(" · ") : name(thing);
    field("pointed").textContent = said;
  }

  function name(thing) {
    const chip = thing.kind === "box" ? "" : `${thing.element.querySelector("text").textContent}: `;
    const { group } = thing.element.dataset;
    return `${chip}${thing.element.getAttribute("aria-label")}${group ? `. ${data.groups[group][2]}` : ""}`;
  }

  function leave() {
    if (current) current.svg.classList.remove("pointing");
    field("pointed").textContent = "";
  }

  function thingAt(target) {
    const element = target.closest?.(".box, .row, .arrow, [data-arrows]");
    return current && element ? current.byElement.get(element) : undefined;
  }

  // Along the flows by the arrow keys. In the picture only what fits what was asked for can be gone to.

  const across = (a, b) => a.y - b.y || a.x - b.x;

  function column(box) {
    const same = new Set(current.boxes.filter((other) => other.x === box.x));
    return current.things
      .filter((thing) => thing.fits && (same.has(thing) || (thing.kind === "row" && same.has(thing.ends[0]))))
      .sort(across);
  }

  function sides(arrow) {
    const [start, end] = arrow.ends;
    return start.x <= end.x ? [start, end] : [end, start];
  }

  function beside(box, right) {
    const other = (arrow) => sides(arrow)[right ? 1 : 0];
    return current.arrows
      .filter((arrow) => arrow.fits && sides(arrow)[right ? 0 : 1] === box)
      .sort((a, b) => across(other(a), other(b)) || across(a, b));
  }

  function first() {
    const shown = current.boxes.filter((box) => box.fits);
    return shown.sort((a, b) => a.x - b.x || a.y - b.y)[0];
  }

  function next(here, key) {
    if (!here) return first();
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (here.kind === "arrow") {
      const [left, right] = sides(here);
      if (key === "ArrowLeft") return left;
      if (key === "ArrowRight") return right;
      const from = here.from && here.ends.includes(here.from) ? here.from : here.ends[0];
      const list = beside(from, from === left);
      const there = key === "Home" ? list[0] : key === "End" ? list.at(-1) : list[list.indexOf(here) + step];
      if (there) there.from = from;
      return there;
    }
    const box = here.kind === "row" ? here.ends[0] : here;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      const there = beside(box, key === "ArrowRight")[0];
      if (there) there.from = box;
      return there;
    }
    const list = column(box);
    return key === "Home" ? list[0] : key === "End" ? list.at(-1) : list[list.indexOf(here) + step];
  }

  function pressed(event) {
    const sheet = event.target.closest(".sheet");
    if (!current || !sheet || event.altKey || event.ctrlKey || event.metaKey) return;
    const here = thingAt(event.target);
    if (["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      event.preventDefault();
      next(here, event.key)?.element.focus();
    } else if (event.key === "Enter" && here) {
      event.preventDefault();
      choose(here);
    } else if (event.key === "Escape" && here) {
      event.preventDefault();
      sheet.setAttribute("tabindex", "0");
      sheet.focus();
    }
  }

  function choose(thing) {
    const { group } = thing.element.dataset;
    const link = thing.element.getAttribute("href");
    if (link) location.hash = link;
    else if (group) {
      const id = data.groups[group][0];
      field("subject").value = field("subject").value === id ? "" : id;
      cut();
      address();
    }
  }

  // What the reader does

  view.addEventListener("pointerover", (event) => {
    const thing = thingAt(event.target);
    if (thing) point(thing);
    else if (event.target.closest(".sheet")) unpoint();
  });
  for (const figure of figures.values()) figure.addEventListener("pointerleave", unpoint);
  function unpoint() {
    const focused = thingAt(document.activeElement);
    if (focused) point(focused);
    else leave();
  }
  view.addEventListener("focusin", (event) => {
    const thing = thingAt(event.target);
    if (!thing) return;
    event.target.closest(".sheet").setAttribute("tabindex", "-1"); // else going back would stop at it again
    point(thing);
  });
  view.addEventListener("focusout", (event) => {
    if (!thingAt(event.target)) return;
    event.target.closest(".sheet").setAttribute("tabindex", "0");
    leave();
  });
  view.addEventListener("keydown", pressed);
  view.addEventListener("click", (event) => {
    const step = event.target.closest("[data-zoom]");
    if (step) return zoom(Number(step.dataset.zoom));
    const thing = thingAt(event.target);
    if (thing && thing.element.dataset.group) choose(thing);
  });
  field("shows").addEventListener("change", () => {
    const { value } = field("shows");
    location.hash = value.startsWith(":") ? `diagram:${encodeURIComponent(value.slice(1))}` : `diagram${value}`;
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => {
    field("shows").value = current ? current.figure.dataset.shows : "";
    cut();
    address();
  }));
  form.addEventListener("change", (event) => {
    if (event.target === field("shows")) return;
    cut();
    address();
  });
  field("all")?.addEventListener("click", () => {
    const more = field("more");
    more.hidden = !more.hidden;
    field("all").setAttribute("aria-expanded", String(!more.hidden));
    field("all").textContent = more.hidden ? field("all").dataset.more : "Show only those with the most gaps";
  });
  new ResizeObserver(fit).observe(view);
  addEventListener("hashchange", route);
  if (field("all")) {
    field("all").dataset.more = field("all").textContent;
    field("more").hidden = true;
  }
  route();
})();
