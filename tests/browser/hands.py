"""A reader's hands: the same steps by mouse, or by keyboard only, and how many it took."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

#: Nobody presses Tab more often than this; a control that is further away is as good as not there.
FAR = 150
_FOCUSED = "e => e === document.activeElement || e.contains(document.activeElement)"


class Mouse:
    """Clicks, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def press(self, target: Locator) -> None:
        """Click a link, button or summary."""
        self.steps += 1
        target.click()

    def choose(self, box: Locator, option: str) -> None:
        """Open a list and take an option: two clicks."""
        self.steps += 2
        box.click()
        self.page.get_by_role("option", name=option, exact=True).click()


class Keys:
    """Tab, Enter and arrows only; counts what a mouse would have clicked."""

    def __init__(self, page: Page) -> None:
        self.page, self.steps = page, 0

    def _go(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _ in range(FAR):
            if target.evaluate(_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"met Tab niet te bereiken: {target}")

    def press(self, target: Locator) -> None:
        """Walk to a link, button or summary and press Enter."""
        self._go(target)
        self.steps += 1
        self.page.keyboard.press("Enter")

    def choose(self, box: Locator, option: str) -> None:
        """Walk to a list, open it, and take an option with the arrows."""
        self._go(box)
        self.steps += 2
        self.page.keyboard.press("Enter")
        wanted = self.page.get_by_role("option", name=option, exact=True)
        expect(wanted).to_be_visible()
        for _ in range(self.page.get_by_role("option").count() + 1):
            if wanted.get_attribute("data-combobox-selected") or wanted.get_attribute("aria-selected") == "true":
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Enter")


HANDS = {"muis": Mouse, "toetsen": Keys}
