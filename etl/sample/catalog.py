"""What differs between the laws whose care is simulated: their products, ages, reasons, cost centres."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from etl.sample.posts import KOSTENPLAATS_PGB, KOSTENPLAATS_PGB_JEUGD, KOSTENPLAATS_WMO
from etl.sample.products import AGE_BANDS, PRODUCTS, Product
from etl.sample.youth_products import JEUGD_PRODUCTS, YOUTH_BANDS
from indicators.core.settings import REFERENCE


@dataclass(frozen=True)
class Catalog:
    """The care of one law.

    Attributes:
        wet: wmo or jeugd.
        products: What is given.
        bands: Ages at which the bands of `Product.leeftijd` begin.
        asks_again: How much sooner someone with a provision asks for another one.
        died, planned, moved, grown: Codes of ending by death, as planned, by moving away, by growing out of it.
        early: Codes of ending early, with their chances.
        pgb_post: Cost centre of what is paid as a pgb.
        pgb_onderdeel: Onderdeel of what is paid as a pgb; None: that of the product.
    """

    wet: str
    products: tuple[Product, ...]
    bands: tuple[int, ...]
    asks_again: float
    died: int
    planned: int
    moved: int
    grown: int
    early: tuple[tuple[int, float], ...]
    pgb_post: str
    pgb_onderdeel: str | None

    def post(self, k: int) -> str:
        """Give the cost centre of a product delivered in kind."""
        return self.products[k].post or KOSTENPLAATS_WMO[self.products[k].categorie]

    @property
    def onderdelen(self) -> tuple[str, ...]:
        """Give the onderdeel of each product delivered in kind, from the reference list."""
        known = _onderdelen(self.wet)
        return tuple(known[p.categorie] for p in self.products)

    def onderdeel(self, product: np.ndarray, pgb: np.ndarray) -> np.ndarray:
        """Give the onderdeel that each line counts in."""
        found = np.array(self.onderdelen, dtype=object)[product]
        return np.where(pgb, self.pgb_onderdeel, found) if self.pgb_onderdeel else found


@lru_cache(maxsize=2)
def _onderdelen(wet: str) -> dict[str, str]:
    with (REFERENCE / f"productcategorieen_{wet}.csv").open(encoding="utf-8", newline="") as handle:
        return {r["productcategorie"]: r["onderdeel"] for r in csv.DictReader(handle)}


#: Codes of WMO588: death, as planned, moved away; by client, by provider, by agreement, other provider.
WMO = Catalog("wmo", PRODUCTS, AGE_BANDS, 9.0, 2, 19, 31, 39, ((21, 0.5), (22, 0.1), (23, 0.25), (38, 0.15)),
              KOSTENPLAATS_PGB, None)  # fmt: skip
#: Codes of JZ588, where 31 is "as planned" and moving away is an outside cause; grown up is another domain.
JEUGD = Catalog("jeugd", JEUGD_PRODUCTS, YOUTH_BANDS, 5.0, 2, 31, 35, 39,
                ((32, 0.3), (33, 0.1), (34, 0.3), (38, 0.2), (36, 0.1)),
                KOSTENPLAATS_PGB_JEUGD, "pgb_jeugd")  # fmt: skip
