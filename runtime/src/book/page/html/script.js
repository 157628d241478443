// All of this is extra: without it the page is complete, and only search, filters and copying are absent.
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = id => document.getElementById(id);
  const said = one("page~said");
  const say = words => {
    said.textContent = words;
    setTimeout(() => said.textContent = "", 2000);
  };
  const copy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
      say("Copied");
      if (button.localName === "button") {
        const label = button.textContent;
        button.textContent = "Copied";
        setTimeout(() => button.textContent = label, 1600);
      }
    } catch { /* a link still works as a link */ }
  };

  // A line for a report, where the operator acts.
  if (navigator.clipboard) for (const place of all(".report")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy a line for a report";
    button.onclick = () => copy(`${place.dataset.report}, request id: …, at ${new Date().toISOString()}`, button);
    place.append(button);
  }
  // A # is a link; a click copies its address as well.
  document.addEventListener("click", event => {
    const anchor = event.target.closest(".anchor");
    if (anchor && navigator.clipboard) copy(anchor.href, anchor);
  });

  // On a phone, examples and what programs look at are folded; on paper everything is open.
  if (matchMedia("(max-width: 40rem)").matches) all(".code .wire, .more").forEach(part => part.open = false);
  addEventListener("beforeprint", () => all("details").forEach(part => part.open = true));

  // What stands behind the # of an address; a stray % in it is itself.
  const named = hash => {
    const name = hash.slice(1);
    try { return decodeURIComponent(name); } catch { return name; }
  };

  const form = document.querySelector(".rail form");
  if (!form) return;
  const links = new Map(all(".contents a").map(link => [named(link.hash), link]));
  const codes = all("[data-retry]").map(node => ({
    node,
    link: links.get(node.id)?.parentElement,
    words: node.textContent.toLowerCase(),
    about: node.dataset,
  }));
  const live = codes.filter(code => code.about.retry !== "gone").length;
  const found = one("page~found"), clearing = one("page~clear");
  form.hidden = false;

  // Beside the page, filters and contents stand open; over it they are closed.
  const wide = matchMedia("(min-width: 77.5rem)");
  const bars = all(".rail form > details, .contents");
  const fold = () => bars.forEach(bar => bar.open = wide.matches);
  wide.addEventListener("change", fold);
  fold();

  // All words must occur. What is left is counted aloud once the typing has paused.
  let pause;
  const search = () => {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    const asked = ["retry", "status", "section"].map(key => [key, form[key]?.value]).filter(([, value]) => value);
    const isActive = words.length + asked.length > 0;
    let hits = 0, gone = 0;
    for (const code of codes) {
      const isHit = words.every(word => code.words.includes(word))
        && asked.every(([key, value]) => code.about[key] === value);
      code.node.hidden = !isHit;
      if (code.link) code.link.hidden = !isHit;
      if (isHit && code.about.retry === "gone") gone++;
      else if (isHit) hits++;
    }
    for (const section of all(".section")) section.hidden = !section.querySelector("[data-retry]:not([hidden])");
    for (const table of all(".plain")) table.hidden = !table.querySelector("tbody > :not([hidden])");
    for (const group of all(".contents .group")) {
      group.hidden = !group.querySelector("li:not([hidden])");
      const part = group.querySelector(".fold");
      if (part && isActive) part.open = true;
    }
    document.body.classList.toggle("filtering", isActive);
    clearing.hidden = !isActive;
    one("page~none").hidden = hits + gone > 0;
    clearTimeout(pause);
    const old = gone > 0 ? `, ${gone} retired` : "";
    pause = setTimeout(() => found.textContent = isActive ? `${hits} of ${live} errors${old}` : `${live} errors`, 250);
  };
  const clear = () => { form.reset(); search(); };
  form.addEventListener("input", () => { search(); scrollTo(0, 0); });
  form.addEventListener("submit", event => {
    event.preventDefault();
    const first = codes.find(code => !code.node.hidden);
    if (first) location.hash = encodeURIComponent(first.node.id);
  });
  clearing.addEventListener("click", () => { clear(); form.q.focus(); });
  addEventListener("keydown", event => {
    if (event.key === "/" && !event.target.closest("input, select, textarea")) {
      event.preventDefault();
      form.q.focus();
      form.q.select();
    }
    if (event.key !== "Escape") return;
    if (event.target === form.q) clear();
    if (!wide.matches) fold();
  });

  // A link to a code always arrives: it clears what hides the code, and opens what is folded in it.
  const arrive = () => {
    if (!wide.matches) fold();
    const target = one(named(location.hash));
    if (!target) return;
    const isHidden = target.closest("[hidden]")
      || (document.body.classList.contains("filtering") && (target.closest(".preface") || target.id === "page~top"));
    if (isHidden) clear();
    if (target.matches("[data-retry]")) all("details", target).forEach(part => part.open = true);
    target.scrollIntoView({ behavior: "instant" });
  };
  addEventListener("hashchange", arrive);
  if (location.hash) arrive();

  // Where the reader is, in the contents.
  const seen = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      const link = links.get(target.id);
      if (!link || !isIntersecting) continue;
      all(".contents [aria-current]").forEach(other => other.removeAttribute("aria-current"));
      link.setAttribute("aria-current", "true");
      const part = link.closest(".fold");
      if (part) all(".fold").forEach(other => other.open = other === part);
    }
  }, { rootMargin: "-10% 0px -75% 0px" });
  all(".code, .part").forEach(node => seen.observe(node));
  search();
})();
