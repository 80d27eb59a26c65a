// Takes the code after the # of the address into its form field, removes it from the address, and sends the form.
const form = document.querySelector("[data-fragment]");
const code = location.hash.slice(1);
const field = form?.elements.namedItem(form.dataset.fragment);

// `main` is the target of the skip link, not a code.
if (field && code && code !== "main") {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
  form.requestSubmit();
}
