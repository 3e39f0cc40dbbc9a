"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Sorting: a head sorts its column down, up, and back into the order in which it came.
  // What is not known and what is not there stand last, whichever way.
  const FIXED = "tr.rank, tr.middle, tr.total";
  const next = { none: "descending", descending: "ascending", ascending: "none" };

  const keyOf = (row, at) => {
    const cell = row.cells[at];
    if (cell.dataset.v !== undefined) return Number(cell.dataset.v);
    if (cell.matches(".unknown, .none, .unseen")) return null;
    return cell.textContent.trim().toLocaleLowerCase() || null;
  };

  const compared = (one, other, sign) => {
    if (one === null || other === null) return (one === null) - (other === null);
    if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
    const order = typeof one === "number" ? one - other : one.localeCompare(other);
    return sign * order;
  };

  const sortable = (table) => {
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const heads = [...table.tHead.rows[0].cells];
    const free = rows.filter((row) => !row.matches(FIXED));
    const fixed = rows.filter((row) => row.matches(FIXED));

    const sort = (head, at) => {
      const way = next[head.getAttribute("aria-sort") || "none"];
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      table.classList.toggle("sorted", way !== "none");
      if (way === "none") return body.append(...rows);
      head.setAttribute("aria-sort", way);
      const sign = way === "ascending" ? 1 : -1;
      const keys = new Map(free.map((row) => [row, keyOf(row, at)]));
      const sorted = [...free].sort((a, b) => compared(keys.get(a), keys.get(b), sign));
      return body.append(...sorted, ...fixed);
    };

    heads.forEach((head, at) => {
      if (!head.textContent.trim()) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sort(head, at));
    });
  };
  all("table.sortable").forEach(sortable);

  // Filter: what is about another company, channel or topic is hidden; what is about none stays.
  const filter = document.getElementById("filter");
  const form = filter.querySelector("form");
  const summary = filter.querySelector("summary");
  const told = document.getElementById("told");
  const marked = all("[data-c], [data-k], [data-t]").filter((each) => each.tagName !== "TH");
  const columns = all("thead th[data-c]");
  const chosen = {};

  const fits = (each) =>
    ["c", "k", "t"].every((kind) => {
      const wish = chosen[kind] || "";
      const of = each.dataset[kind];
      // A mark of the timeline without a topic is about none, and goes where a topic is wanted.
      if (wish === "" || (of === undefined && !each.closest("#posts"))) return true;
      if (of === undefined) return kind === "c" || each.matches(".row");
      return of.split(" ").includes(wish);
    });

  const column = (head) => {
    const gone = Boolean(chosen.c) && head.dataset.c !== chosen.c && !head.matches(".own");
    for (const row of head.closest("table").rows) {
      row.cells[head.cellIndex].classList.toggle("off", gone);
    }
  };

  const apply = () => {
    const names = [];
    for (const select of form.querySelectorAll("select")) {
      chosen[select.name] = select.value;
      if (select.value) names.push(select.selectedOptions[0].textContent);
    }
    marked.forEach((each) => each.classList.toggle("off", !fits(each)));
    columns.forEach(column);
    summary.textContent = names.length ? `Filter: ${names.join(", ")}` : "Filter";
    filter.classList.toggle("on", names.length > 0);
    const posts = all("#posts tbody tr");
    const left = posts.filter((row) => !row.classList.contains("off")).length;
    told.textContent = names.length ? `${names.join(", ")}: ${left} listed posts` : "All is shown";
    all("#posts .nothing").forEach((note) => { note.hidden = left > 0; });
  };

  filter.hidden = false;
  all(".by-script").forEach((each) => { each.hidden = false; });
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !filter.open) return;
    filter.open = false;
    summary.focus();
  });
  document.addEventListener("click", (event) => {
    if (filter.open && !filter.contains(event.target)) filter.open = false;
  });
})();
