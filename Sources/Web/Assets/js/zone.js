// Offers the times in the browser's own zone when it differs from the one shown and none was chosen; in a list that begins
// empty, chooses it.
const form = document.querySelector("[data-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const list = document.querySelector("[data-own-zone]");

function choose(list, label) {
  if (![...list.options].some((option) => option.value === own)) list.add(new Option(label, own));
  list.value = own;
}

if (list && own && !list.value) choose(list, own.replaceAll("_", " "));

if (form && own && own !== form.dataset.zone && !("zoneChosen" in form.dataset)) {
  const offer = form.querySelector("[data-zone-offer]");
  const city = own.split("/").pop().replaceAll("_", " ");
  offer.querySelector("[data-zone-name]").textContent = city;
  offer.hidden = false;
  offer.addEventListener("click", () => {
    choose(form.elements.namedItem("zone"), city);
    form.requestSubmit();
  });
}
