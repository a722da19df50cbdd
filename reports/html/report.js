"use strict";
(() => {
  const FEW = 5;
  const $ = (id) => document.getElementById(id);
  const form = $("filter");
  const query = $("q");
  const verdict = $("verdict");
  const differs = $("differs");
  const boxes = [...form.querySelectorAll("input[name=severity]")];
  const subjects = [...document.querySelectorAll("details.subject")].map((element) => ({
    element,
    name: element.querySelector("summary h4").textContent.toLowerCase(),
    differs: element.dataset.differs !== "0",
    findings: [...element.querySelectorAll("details.finding")].map((finding) => ({
      element: finding,
      severity: finding.dataset.severity,
      verdict: finding.dataset.verdict,
      text: null,
    })),
  }));

  // The text of a finding is looked up when somebody searches, not before.
  const text = (finding) => (finding.text ??= finding.element.textContent.toLowerCase());

  function apply() {
    const words = query.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const filtered =
      words.length > 0 || verdict.value !== "" || differs.checked || severities.size < boxes.length;
    let findings = 0;
    let shown = 0;
    const hits = [];
    for (const subject of subjects) {
      const rest = words.filter((word) => !subject.name.includes(word));
      let matches = 0;
      for (const finding of subject.findings) {
        const match =
          severities.has(finding.severity) &&
          (verdict.value === "" || finding.verdict === verdict.value) &&
          rest.every((word) => text(finding).includes(word));
        if (finding.element.hidden === match) finding.element.hidden = !match;
        if (match) matches++;
      }
      // A subject without findings stays as long as nobody asks for any.
      const visible =
        (!differs.checked || subject.differs) &&
        (matches > 0 || (subject.findings.length === 0 && rest.length === 0 && (words.length > 0 || !filtered || differs.checked)));
      if (subject.element.hidden === visible) subject.element.hidden = !visible;
      if (visible) {
        hits.push(subject);
        shown++;
        findings += matches;
      }
    }
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = subjects.length > 0 && !group.querySelector("details.subject:not([hidden])");
    }
    // What somebody looked for and found in few places need not be opened by hand.
    if (words.length > 0 && shown <= FEW) hits.forEach((subject) => (subject.element.open = true));
    $("shown").textContent = filtered
      ? findings + (findings === 1 ? " finding, " : " findings, ") + shown + " of " + subjects.length + " listed"
      : "";
    $("nothing").hidden = shown > 0 || subjects.length === 0;
    return { words, severities, filtered };
  }

  // The filter is part of the address, so that a link shows what its sender saw.
  function remember({ words, severities, filtered }) {
    const state = new URLSearchParams();
    if (words.length) state.set("q", query.value.trim());
    if (severities.size < boxes.length) state.set("severity", [...severities].join(" "));
    if (verdict.value) state.set("verdict", verdict.value);
    if (differs.checked) state.set("differs", "1");
    history.replaceState(null, "", filtered ? "#?" + state : location.pathname + location.search);
  }

  function recall() {
    if (!location.hash.startsWith("#?")) {
      const target = location.hash ? $(decodeURIComponent(location.hash.slice(1))) : null;
      if (target) {
        if (target.closest("[hidden]")) {
          form.reset();
          apply();
        }
        for (let at = target; at; at = at.parentElement?.closest("details")) {
          if (at.tagName === "DETAILS") at.open = true;
        }
        target.scrollIntoView();
      }
      return;
    }
    const state = new URLSearchParams(location.hash.slice(2));
    query.value = state.get("q") ?? "";
    verdict.value = state.get("verdict") ?? "";
    differs.checked = state.has("differs");
    const severities = state.get("severity");
    boxes.forEach((box) => (box.checked = severities === null || severities.split(" ").includes(box.value)));
    apply();
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => remember(apply()), subjects.length > 100 ? 120 : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  $("reset").addEventListener("click", () => {
    form.reset();
    remember(apply());
    query.focus();
  });
  const all = (open) => {
    for (const subject of subjects) {
      if (!subject.element.hidden) {
        subject.element.open = open;
        if (subjects.length <= 10 * FEW || !open) {
          subject.findings.forEach((finding) => (finding.element.open = open && !finding.element.hidden));
        }
      }
    }
  };
  $("open").addEventListener("click", () => all(true));
  $("close").addEventListener("click", () => all(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      query.focus();
    }
  });

  // On paper everything is open.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => closed.forEach((details) => (details.open = false)));
  addEventListener("hashchange", recall);
  recall();
})();
