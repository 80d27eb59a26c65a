// Goes on by itself once somebody has shown that it is them: they pressed the button for it before. Not when they come back to
// this page, where that may have been done.
const form = document.querySelector("form[data-go-on]");
const [entry] = performance.getEntriesByType("navigation");
if (form && entry?.type === "navigate") form.requestSubmit();
