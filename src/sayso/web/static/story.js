/* Pick two marks of the drawing to read them side by side. Without this, a mark leads to its article beside the asked
   one, and a form below picks any two. */
(() => {
  const told = document.querySelector(".picked");
  let chosen = null;
  const choose = (mark) => {
    if (chosen) chosen.classList.remove("chosen");
    chosen = mark;
    told.hidden = !mark;
    told.replaceChildren();
    if (!mark) return;
    mark.classList.add("chosen");
    told.append(`Picked: ${mark.getAttribute("aria-label")}. Pick another to read both side by side. `);
    if (mark.getAttribute("href").startsWith("/")) {
      const link = document.createElement("a");
      link.href = mark.getAttribute("href");
      link.textContent = "Beside the article asked about";
      told.append(link, " ");
    }
    const none = document.createElement("button");
    none.textContent = "Pick none";
    none.addEventListener("click", () => choose(null));
    told.append(none);
  };
  addEventListener("click", (event) => {
    const mark = told && event.target.closest("a.mark");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const [one, other] = [chosen, mark].map((each) => each && encodeURIComponent(each.dataset.article));
    if (chosen && one !== other) location.href = `/stories/${one}/with/${other}`;
    else choose(chosen ? null : mark);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen) choose(null);
  });

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
