/* Correcting a report. Without this, it can be read as well. Positions are code points, as everywhere in Sayso; a
   browser counts UTF-16, in which an emoji is two, so text is counted by its characters (`[...text]`). */
(() => {
  const log = document.getElementById("corrections");
  if (!log || !log.dataset.article) return;
  const address = `/api/articles/${encodeURIComponent(log.dataset.article)}`;
  const KINDS = { who: "attribution", times: "time", words: "wording", claims: "claim", actors: "mention" };
  const LISTS = { attribution: "attributions", time: "times", wording: "wordings", claim: "claims", actor: "actors" };
  const size = (text) => [...text].length;
  const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  /* --- the analysis, fetched when the first form is opened ------------------------------------------------------- */

  let loading = null;
  const analysis = () => {
    loading ??= send(address).then((found) => ({ ...found, points: [...found.text] }));
    return loading;
  };
  const send = async (url, body) => {
    const asked = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(url, asked).catch(() => null);
    if (!answer) throw new Error("The desk does not answer; is it still running?");
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.detail || `The desk answered with ${answer.status}.`);
    return found;
  };

  /* --- positions in the text ------------------------------------------------------------------------------------- */

  const paragraphs = [...document.querySelectorAll("#text [data-start]")];
  const words = (fragment) => { // the article's letters, without the numbers and flags that stand among them
    for (const ours of fragment.querySelectorAll("a")) ours.remove();
    return fragment.textContent;
  };
  const place = (paragraph, node, offset) => {
    const range = document.createRange();
    range.setStart(paragraph, 0);
    if (node) range.setEnd(node, offset);
    else range.setEndAfter(paragraph.lastChild);
    return Number(paragraph.dataset.start) + size(words(range.cloneContents()));
  };
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const inside = paragraphs.filter((each) => range.intersectsNode(each));
    if (!inside.length) return null;
    const [first, last] = [inside[0], inside[inside.length - 1]];
    const start = first.contains(range.startContainer)
      ? place(first, range.startContainer, range.startOffset) : Number(first.dataset.start);
    const end = last.contains(range.endContainer)
      ? place(last, range.endContainer, range.endOffset) : place(last, null);
    return start < end ? [start, end] : null;
  };
  let latest = null; // a click on a button takes the selection away in some browsers
  document.addEventListener("selectionchange", () => { latest = selected() ?? latest; });
  const trimmed = (points, [start, end]) => {
    while (start < end && !points[start].trim()) start += 1;
    while (end > start && !points[end - 1].trim()) end -= 1;
    return [start, end];
  };

  /* Words as a quote: all of them, or the first … the last, with which the place is found again. */
  const LONG = 90;
  const quoted = (points, [start, end]) => {
    const whole = points.slice(start, end).join("").replace(/\s+/g, " ").trim();
    if (size(whole) <= LONG) return whole;
    const each = whole.split(" ");
    return `${each.slice(0, 5).join(" ")} … ${each.slice(-5).join(" ")}`;
  };
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = (text) => new RegExp(text.trim().split(/\s+/).map(escaped).join("\\s+"), "gu");
  const found = (text, wanted) => [...text.matchAll(pattern(wanted))].map((match) => {
    const start = size(text.slice(0, match.index));
    return [start, start + size(match[0])];
  });
  const sought = (text, quote, near) => {
    const [first, ...rest] = quote.split("…").map((part) => part.trim()).filter(Boolean);
    if (!first) return null;
    const starts = found(text, first).sort((a, b) => Math.abs(a[0] - near) - Math.abs(b[0] - near));
    for (const start of starts) {
      let end = start[1];
      for (const part of rest) end = (found(text, part).find((span) => span[0] >= end) ?? [0, null])[1];
      if (end) return [start[0], end];
    }
    return null;
  };

  /* --- one extent: the spans of a part, each a field with its words ------------------------------------------------ */

  const row = (extent, points, span) => {
    const made = copy("t-span");
    const field = made.querySelector(".quote");
    if (span) show(field, points, span);
    made.querySelector(".less").addEventListener("click", () => made.remove());
    extent.querySelector(".spans").append(made);
    return field;
  };
  const show = (field, points, span) => {
    field.value = quoted(points, span);
    field.dataset.span = JSON.stringify(span);
    field.dataset.was = field.value;
    field.setCustomValidity("");
  };
  const fill = (extent, known, spans) => {
    for (const span of spans.length ? spans : [null]) row(extent, known.points, span);
    let current = null;
    extent.addEventListener("focusin", (event) => { if (event.target.matches(".quote")) current = event.target; });
    extent.querySelector(".more").addEventListener("click", () => row(extent, known.points, null).focus());
    extent.querySelector(".take").addEventListener("click", () => {
      const span = latest && trimmed(known.points, latest);
      const field = current?.isConnected ? current : extent.querySelector(".quote") ?? row(extent, known.points, null);
      if (span && span[0] < span[1]) show(field, known.points, span);
      else complain(extent.closest("form"), "Select words in the article's text first.");
      field.focus();
    });
  };
  const read = (extent, known) => [...extent.querySelectorAll(".quote")].filter((field) => field.value.trim()).map((field) => {
    if (field.value === field.dataset.was) return JSON.parse(field.dataset.span);
    const near = field.dataset.span ? JSON.parse(field.dataset.span)[0] : 0;
    const span = sought(known.text, field.value, near);
    if (!span) {
      field.focus();
      throw new Error(`“${field.value}” does not stand in the text; mind every letter and mark.`);
    }
    return span;
  });

  /* --- forms ------------------------------------------------------------------------------------------------------- */

  const complain = (form, problem) => {
    const told = form.querySelector(".trouble");
    told.textContent = problem;
    told.hidden = !problem;
  };
  const kept = (key, value) => {
    try {
      if (value === undefined) return localStorage.getItem(key) ?? "";
      localStorage.setItem(key, value);
    } catch { /* no storage: it is asked again */ }
    return "";
  };
  const author = (form) => {
    const field = form.elements.author;
    if (!field.value.trim()) {
      field.focus();
      throw new Error("Say who you are; a correction is somebody's word.");
    }
    kept("sayso-author", field.value.trim());
    return field.value.trim();
  };

  const READ = {
    attribution: (form, known, thing) => {
      const [source, cue, content] = [...form.querySelectorAll(".extent")].map((each) => read(each, known));
      if (!content.length) throw new Error("Nothing is said: tell which words.");
      const actor = known.actors.find((each) => each.id === form.elements.actor.value);
      const kind = actor?.kind ?? thing?.source.kind ?? "unnamed";
      return {
        kind: form.elements.kind.value,
        source: { spans: source, kind, actor: actor?.id ?? null },
        cue: { spans: cue, stance: form.elements.stance.value },
        content: { spans: content },
      };
    },
    time: (form, known) => ({
      spans: read(form.querySelector(".extent"), known),
      earliest: form.elements.earliest.value || null,
      latest: form.elements.latest.value || null,
    }),
    wording: (form, known) => ({
      spans: read(form.querySelector(".extent"), known),
      kind: form.elements.kind.value,
      voice: form.elements.voice.value,
    }),
    claim: (form, known) => ({
      spans: read(form.querySelector(".extent"), known),
      attribution: form.elements.attribution.value || null,
    }),
    actor: (form) => ({
      name: form.elements.name.value.trim(),
      kind: form.elements.kind.value,
      named: form.elements.named.checked,
    }),
  };
  const FILL = {
    attribution: (form, known, thing, span) => {
      const parts = thing ? [thing.source.spans, thing.cue.spans, thing.content.spans] : [[], [], span ? [span] : []];
      form.querySelectorAll(".extent").forEach((each, number) => fill(each, known, parts[number]));
      if (!thing) return;
      form.elements.actor.value = thing.source.actor ?? "";
      form.elements.kind.value = thing.kind;
      form.elements.stance.value = thing.cue.stance;
    },
    time: (form, known, thing, span) => {
      fill(form.querySelector(".extent"), known, thing?.spans ?? (span ? [span] : []));
      form.elements.earliest.value = thing?.earliest ?? "";
      form.elements.latest.value = thing?.latest ?? "";
    },
    wording: (form, known, thing, span) => {
      fill(form.querySelector(".extent"), known, thing?.spans ?? (span ? [span] : []));
      if (!thing) return;
      const kinds = form.elements.kind;
      if (![...kinds.options].some((option) => option.value === thing.kind)) kinds.add(new Option(thing.kind));
      kinds.value = thing.kind;
      form.elements.voice.value = thing.voice;
    },
    claim: (form, known, thing, span) => {
      fill(form.querySelector(".extent"), known, thing?.spans ?? (span ? [span] : []));
      for (const said of known.attributions) {
        const who = known.actors.find((each) => each.id === said.source.actor)?.name ?? "somebody not told";
        const what = said.content.spans.length ? quoted(known.points, said.content.spans[0]) : "";
        form.elements.attribution.add(new Option(`${who}: ${what}`.slice(0, 90), said.id));
      }
      form.elements.attribution.value = thing?.attribution ?? "";
    },
    mention: (form, known, thing) => {
      if (thing.actor) form.elements.actor.value = thing.actor;
    },
    actor: (form, known, thing, span) => {
      form.elements.name.value = thing?.name ?? (span ? quoted(known.points, span) : "");
      form.elements.kind.value = thing?.kind ?? "person";
      form.elements.named.checked = thing?.named ?? true;
      form.querySelector(".merging").hidden = form.querySelector(".splitting").hidden = !thing;
      if (!thing) return;
      for (const option of [...form.elements.into.options]) if (option.value === thing.id) option.remove();
      for (const each of places(known, thing.id)) form.querySelector(".places").append(choice(known, each));
    },
  };
  const places = (known, actor) => {
    const sources = known.attributions.flatMap((said) => [said.source, said.recipient, ...said.through]);
    const all = [...known.mentions, ...sources].filter((each) => each && each.actor === actor).flatMap((each) => each.spans);
    return [...new Map(all.map((span) => [span.join(), span])).values()].sort((a, b) => a[0] - b[0]);
  };
  const choice = (known, [start, end]) => {
    const label = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "place", value: `${start},${end}` });
    const text = document.createElement("bdi");
    const [before, after] = [known.points.slice(Math.max(0, start - 25), start), known.points.slice(end, end + 25)];
    const strong = document.createElement("b");
    strong.textContent = known.points.slice(start, end).join("");
    text.append(`… ${before.join("")}`, strong, `${after.join("")} …`);
    label.append(box, " ", text);
    return label;
  };

  /* What a form sends: one correction, or two, where somebody is not in the list yet. */
  const newcomer = async (form, base) => {
    const select = form.elements.actor;
    if (!select || select.value !== "*") return null;
    const name = form.elements.newcomer.value.trim();
    if (!name) {
      form.elements.newcomer.focus();
      throw new Error("Say who it is.");
    }
    const made = await send(`${address}/corrections`, { ...base, kind: "actor", action: "add", person: { name, kind: "person", named: true, names: [name] } });
    loading = null;
    log.dataset.seen = Number(log.dataset.seen) + 1;
    const known = await analysis();
    const there = known.actors.find((each) => each.name === name);
    select.add(new Option(name, there.id), 0);
    select.value = there.id;
    form.querySelector(".newcomer").hidden = true;
    return made;
  };
  const BODY = {
    submit: async (form, kind, key, thing, base) => {
      await newcomer(form, base);
      const known = await analysis();
      if (kind === "mention") {
        const who = known.actors.find((each) => each.id === form.elements.actor.value);
        const person = { spans: thing.spans, name: who.name, kind: who.kind, named: who.named, names: who.names };
        return { kind: "actor", action: "add", of: who.id, person };
      }
      const person = READ[kind](form, known, thing);
      return key ? { kind, action: "change", of: key, person } : { kind, action: "add", person };
    },
    accept: (form, kind, key) => ({ kind, action: "accept", of: key }),
    reject: (form, kind, key) => ({ kind, action: "reject", of: key }),
    merge: (form, kind, key) => {
      if (!form.elements.into.value) throw new Error("Choose with whom it is one.");
      return { kind, action: "merge", of: key, into: form.elements.into.value };
    },
    split: (form, kind, key, thing) => {
      const chosen = [...form.querySelectorAll("[name=place]:checked")].map((box) => box.value.split(",").map(Number));
      const name = form.elements.other.value.trim();
      if (!chosen.length || !name) throw new Error("Choose the places where somebody else is meant, and say who.");
      return { kind, action: "split", of: key, person: { name, kind: thing.kind, names: [name], spans: chosen } };
    },
  };
  const act = async (form, name, kind, key, thing) => {
    complain(form, "");
    try {
      const base = { author: author(form), note: form.elements.note.value.trim() };
      const body = await BODY[name](form, kind, key, thing, base);
      for (const button of form.querySelectorAll("button")) button.disabled = true;
      again((await send(`${address}/corrections`, { ...base, ...body, seen: Number(log.dataset.seen) })).id);
    } catch (problem) {
      for (const button of form.querySelectorAll("button")) button.disabled = false;
      complain(form, problem.message);
    }
  };
  const again = (id) => { // the page as the server now has it, at what was corrected
    try { sessionStorage.setItem("sayso-at", id); } catch { /* then at the top */ }
    location.hash = "";
    location.reload();
  };
  const returned = () => {
    let id = null;
    try { id = sessionStorage.getItem("sayso-at"); sessionStorage.removeItem("sayso-at"); } catch { /* as above */ }
    const line = id && document.getElementById(`k-${id}`);
    if (line) location.hash = line.querySelector("a[href]")?.hash ?? `#${line.id}`;
  };

  const opened = async (host, kind, key, span) => {
    const there = host.querySelector("form.correct");
    if (there && there.dataset.failed === undefined) { there.querySelector("input, select").focus(); return; }
    there?.remove();
    const form = copy(`t-${kind}`);
    const whole = form.querySelector("fieldset");
    whole.disabled = true; // until it is filled: what is typed before would be lost, and Save would leave the page
    host.append(form);
    let known;
    try { known = await analysis(); } catch (problem) {
      loading = null; // the next who asks tries again
      form.dataset.failed = "";
      complain(form, problem.message);
      return;
    }
    const thing = key ? one(known, kind, key) : null;
    FILL[kind](form, known, thing, span);
    form.elements.author.value = kept("sayso-author");
    if (!key) for (const button of form.querySelectorAll("[data-act=accept], [data-act=reject]")) button.remove();
    form.addEventListener("submit", (event) => { event.preventDefault(); act(form, "submit", kind, key, thing); });
    for (const button of form.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => {
        if (button.dataset.act !== "close") { act(form, button.dataset.act, kind, key, thing); return; }
        form.remove();
        host.querySelector("button")?.focus();
      });
    }
    const select = form.elements.actor;
    if (select) {
      const also = () => { form.querySelector(".newcomer").hidden = select.value !== "*"; };
      select.addEventListener("change", also);
      also();
    }
    whole.disabled = false;
    form.querySelector("input:not([type=checkbox]), select").focus();
  };
  const one = (known, kind, key) => {
    if (kind === "wording" || kind === "mention") return known[`${kind}s`][Number(key.split(" ")[1])];
    return known[LISTS[kind]].find((each) => each.id === key);
  };

  /* --- where forms are asked for ----------------------------------------------------------------------------------- */

  const kindOf = (body) => {
    if (body.dataset.actor !== undefined) return "actor";
    const layer = [...(body.closest("li.note")?.classList ?? [])].find((name) => name.startsWith("l-"));
    return layer && KINDS[layer.slice(2)];
  };
  const hosts = [...document.querySelectorAll(".body[data-key], .what[data-actor]")];
  const open = (host) => opened(host, kindOf(host), host.dataset.key ?? host.dataset.actor);
  for (const host of hosts) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "begin", textContent: "Correct" });
    button.addEventListener("click", () => open(host));
    host.append(button);
  }
  const missed = copy("t-missed");
  document.querySelector("#text .layers").after(missed);
  missed.querySelector("button").addEventListener("click", async () => {
    const known = await analysis().catch(() => null);
    missed.querySelector("form.correct")?.remove();
    opened(missed, missed.querySelector("select").value, null, known && latest ? trimmed(known.points, latest) : null);
  });
  const signer = document.getElementById("log-author");
  const signed = { elements: { author: signer?.querySelector("input") } };
  if (signer) {
    signer.hidden = false;
    signed.elements.author.value = kept("sayso-author");
  }
  for (const button of document.querySelectorAll("[data-undo]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const trouble = document.getElementById("undo-trouble");
      try {
        const body = { author: author(signed) };
        again((await send(`${address}/corrections/${button.dataset.undo}/undo`, body)).id);
      } catch (problem) {
        trouble.textContent = problem.message;
        trouble.hidden = false;
      }
    });
  }
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (event.target.closest("input, textarea, select") || !document.getElementById("keys-on")?.checked) return;
    const at = document.activeElement;
    if (event.key === "e") {
      const ref = at.closest("a.ref");
      const host = ref ? document.getElementById(ref.hash.slice(1)) : at.closest(".actor")?.querySelector(".what") ?? at.closest(".body");
      if (!host || !kindOf(host)) return;
      event.preventDefault();
      for (let up = host; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
      open(host);
    } else if (event.key === "m") {
      event.preventDefault();
      missed.querySelector("select").focus();
    }
  });
  returned();
})();
