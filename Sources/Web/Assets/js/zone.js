// Offers the times in the browser's own zone when it differs from the one shown and none was chosen.
const form = document.querySelector("[data-zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;

if (form && own && own !== form.dataset.zone && !("zoneChosen" in form.dataset)) {
  const offer = form.querySelector("[data-zone-offer]");
  const city = own.split("/").pop().replaceAll("_", " ");
  offer.querySelector("[data-zone-name]").textContent = city;
  offer.hidden = false;
  offer.addEventListener("click", () => {
    const list = form.elements.namedItem("zone");
    if (![...list.options].some((option) => option.value === own)) list.add(new Option(city, own));
    list.value = own;
    form.requestSubmit();
  });
}
