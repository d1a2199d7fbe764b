/* Pick two marks of the drawing to read them side by side; at first the article asked about is picked. Without this,
   a mark leads to its article beside the asked one, and a form below picks any two. */
(() => {
  const told = document.querySelector(".picked");
  const marks = [...document.querySelectorAll("a.mark")];
  let chosen = null;
  const choose = (mark) => {
    for (const each of marks) each.classList.toggle("chosen", each === mark);
    chosen = mark;
    told.hidden = false;
    told.textContent = mark
      ? `Picked: ${mark.getAttribute("aria-label")}. Pick another article to read both side by side, or this one again to pick none.`
      : "Nothing is picked. Pick two articles to read them side by side.";
  };
  if (told) {
    choose(marks.find((mark) => mark.dataset.article === told.dataset.asked) || null);
    addEventListener("click", (event) => {
      const mark = event.target.closest("a.mark");
      if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const [one, other] = [chosen, mark].map((each) => each && encodeURIComponent(each.dataset.article));
      if (chosen && one !== other) location.href = `/stories/${one}/with/${other}`;
      else choose(chosen ? null : mark);
    });
  }

  /* How many origins there are is counted one claim after the other, once the page is there. */
  const count = async (link) => {
    const answer = await fetch(link.href.replace("/origins?", "/range?")).catch(() => null);
    if (!answer || !answer.ok) return;
    const found = document.createElement("strong");
    found.textContent = (await answer.json()).answer;
    link.before(found, " ");
    link.textContent = "Which, and why";
  };
  const all = async () => {
    for (const link of document.querySelectorAll(".claims[data-auto] [data-count]")) await count(link);
  };
  all();
})();
