"""Reads the forms, links and words of a page, as somebody without a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    action: str
    method: str
    # Name → value as the page proposes it; of radio buttons and selects the chosen one, or the first.
    fields: dict[str, str] = field(default_factory=dict)
    # Name → all values that could be chosen.
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    required: set[str] = field(default_factory=set)

    def filled(self, **typed) -> dict[str, str]:
        """The fields as a browser would send them. `answer_door` stands for `answer-door`."""
        given = {name.replace("_", "-"): value for name, value in typed.items()}
        unknown = set(given) - set(self.fields) - {name for name, _ in self.buttons}
        assert not unknown, f"the form {self.action} has no field {unknown}; it has {sorted(self.fields)}"
        return {**self.fields, **given}


class Page(HTMLParser):
    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.language = None
        self._form: Form | None = None
        self._select: str | None = None
        self._textarea: str | None = None
        self._silent = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def form(self, action: str) -> Form:
        found = [form for form in self.forms if form.action.split("?")[0].endswith(action)]
        assert found, (
            f"no form with action …{action} on the page; there are {[form.action for form in self.forms]}"
        )
        return found[0]

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append((tag, given))
        if tag == "html":
            self.language = given.get("lang")
        elif tag == "a" and given.get("href"):
            self.links.append(given["href"])
        elif tag == "form":
            self._form = Form(given.get("action") or "", (given.get("method") or "get").lower())
            self.forms.append(self._form)
        elif tag in ("script", "style"):
            self._silent += 1
        elif self._form is not None:
            self._field(tag, given)

    def _field(self, tag, given):
        name, value, form = given.get("name"), given.get("value") or "", self._form
        if tag == "option" and self._select:
            form.choices[self._select].append(value)
            if "selected" in given or self._select not in form.fields:
                form.fields[self._select] = value
        if not name:
            return
        if "required" in given:
            form.required.add(name)
        kind = (given.get("type") or "text").lower()
        if tag == "select":
            self._select = name
            form.choices[name] = []
        elif tag == "textarea":
            self._textarea = name
            form.fields[name] = ""
        elif tag == "button" or (tag == "input" and kind == "submit"):
            form.buttons.append((name, value))
        elif tag == "input" and kind == "radio":
            form.choices.setdefault(name, []).append(value)
            if "checked" in given or name not in form.fields:
                form.fields[name] = value
        elif tag == "input" and kind == "checkbox":
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in given:
                form.fields[name] = value or "on"
        elif tag == "input":
            form.fields[name] = value

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea":
            self._textarea = None
        elif tag in ("script", "style"):
            self._silent -= 1

    def handle_data(self, data):
        if self._textarea and self._form is not None:
            self._form.fields[self._textarea] += data
        if not self._silent:
            self.words.append(data)
