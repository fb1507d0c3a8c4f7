"""Products that seldom go together: a pair that occurs far less often than chance would have it.

Counted over children with two or more products in the whole region. With n₁ and n₂ children for the products and N
children in all, chance gives n₁ n₂ ÷ N with both; a pair is odd when both products are common, it occurs at most
a fifth as often as that, and the one-sided exact test of Fisher stays below 1 %. Odd isn't wrong.
"""

from __future__ import annotations

from itertools import combinations

import pandas as pd
from scipy import stats

from analyse.meten.signalen.lopend import Lopend, lijst

MINIMUM = 20  # children with a product, for it to be common
LIFT, KANS = 0.2, 0.01


def vreemde_paren(per_kind: pd.DataFrame) -> pd.DataFrame:
    """Odd pairs of products: a, b (a before b), samen, verwacht. `per_kind`: persoon_nr, product."""
    uniek = per_kind[["persoon_nr", "product"]].drop_duplicates().sort_values(["persoon_nr", "product"])
    uniek = uniek[uniek.groupby("persoon_nr")["product"].transform("size").gt(1)]
    kinderen, per_product = uniek["persoon_nr"].nunique(), uniek["product"].value_counts()
    vaak = sorted(per_product.index[per_product.ge(MINIMUM)])
    paren = uniek.merge(uniek, on="persoon_nr", suffixes=("_a", "_b"))
    samen = paren[paren["product_a"] < paren["product_b"]].value_counts(["product_a", "product_b"])
    rijen = [
        (a, b, int(samen.get((a, b), 0)), int(per_product[a]), int(per_product[b]))
        for a, b in combinations(vaak, 2)
    ]
    t = pd.DataFrame(rijen, columns=["a", "b", "samen", "n_a", "n_b"])
    t = t.astype(dict.fromkeys(("samen", "n_a", "n_b"), "int64"))  # also when there is no pair at all
    t["verwacht"] = t["n_a"] * t["n_b"] / max(kinderen, 1)
    kans = stats.hypergeom.cdf(t["samen"], max(kinderen, 1), t["n_a"], t["n_b"])
    return t[t["samen"].gt(0) & t["samen"].le(LIFT * t["verwacht"]) & (kans < KANS)].reset_index(drop=True)


def vreemde_combinaties(lopend: Lopend) -> pd.DataFrame:
    """Toewijzingen of the last year that run together with one of an odd pair for the same child."""
    paren = vreemde_paren(lopend.alle)
    beide = pd.concat([paren, paren.rename(columns={"a": "b", "b": "a"})])[["a", "b", "samen", "verwacht"]]
    w = lopend.recent
    ander = w[["persoon_nr", "gemeente", "product", "begin", "eind", "toewijzingnummer"]]
    samen = w.merge(ander, on=["persoon_nr", "gemeente"], suffixes=("", "_b"))
    samen = samen.merge(beide, left_on=["product", "product_b"], right_on=["a", "b"])
    ver = pd.Timestamp("2200-01-01")
    raak = samen["begin"].le(samen["eind_b"].fillna(ver)) & samen["begin_b"].le(samen["eind"].fillna(ver))
    samen = samen[raak].sort_values(["gemeente", "toewijzingnummer", "toewijzingnummer_b"])
    samen = samen.drop_duplicates(["gemeente", "toewijzingnummer"])
    met = samen["product_b"] + " (toewijzing " + samen["toewijzingnummer_b"] + ")"
    echt, toeval = samen["samen"].astype(str), samen["verwacht"].round().astype("int64").astype(str)
    vaak = "In de regio komt dit " + echt + " keer voor, bij toeval zou dat " + toeval + " keer zijn."
    return lijst(samen, "Loopt samen met " + met + ". " + vaak)
