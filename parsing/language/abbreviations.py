"""Abbreviations of business prose, and the words that begin sentences, for the sentence splitter.

Gathered from the abbreviation list of the Pragmatic Segmenter (English), the AP Stylebook's states and months as press
releases use them, and forms of companies' names.
"""

from __future__ import annotations


def _words(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


MONTH_ABBREVIATIONS = _words("jan feb mar apr jun jul aug sept sep oct nov dec")

# A name or a number always follows: "Mr. Roe", "No. 7", "vs. 2004".
NEVER_LAST = _words(
    "mr mrs ms messrs dr prof hon rev gov sen rep gen col capt lt maj sgt pres st ste mt ft no nos vs v cf fig figs sec secs approx est "
    "e.g i.e eg ie viz ca c.f dept vol pp ext tel adj"
)

# They may close a sentence: "Acme Inc.", "9 a.m. ET", "Trenton, N.J.", "in the U.S."
SOMETIMES_LAST = _words(
    "inc corp co cos ltd llc llp lp plc bros assn dist mfg mfrs intl int'l natl nat'l assoc grp hldgs hldg bancorp s.a n.a n.v s.p.a "
    "a.g s.a.s a.s l.p l.l.c l.l.p p.l.c p.c u.s u.k u.s.a e.u u.n d.c a.m p.m am pm etc et.al al jr sr ph.d m.d b.a m.b.a c.p.a cpa "
    "esq ave blvd rd bldg hwy pkwy avg max min qtr yr yrs mos mo wk wks hr hrs mil mm bn tr bbl bbls mcf mcfe bcf bcfe mmcf mmbtu sq cu "
    "lb lbs oz ala ariz ark calif colo conn del fla ga ill ind kan kans ky la mass md mich minn miss mont neb nebr nev n.h n.j n.m n.y "
    "n.c n.d okla ore ont que pa penn penna r.i s.c s.d tenn tex vt va wash w.va wis wyo p.r b.c"
)

# Words that rarely stand inside a name or title, so that one after "Inc." begins a sentence.
SENTENCE_STARTERS = _words(
    "A About Actual Additional Additionally After All Also Although Among An And Any Are As At Based Because Before Both But By Certain "
    "Comparable Compared Consequently Current Currently Despite Due During Each Earlier Earnings Effective Even Excluding Factors "
    "Finally First Following For Forward Forward-looking Founded From Further Furthermore Given Gross He Headquartered Her Here His How "
    "However I If Important In Included Including Information Investors Is It Its Last Later Like Looking Management Many More Moreover "
    "Most My Net New No Non-GAAP None Nor Not Now Of On Once One Only Operating Or Other Our Over Overall Participants Please Prior "
    "Readers Results Revenue Revenues Sales Second See Separately She Shareholders Similarly Since So Some Statements Stockholders "
    "Subsequent Such That The Their Then There Therefore These They Third This Those Through Throughout Thus To Today Together Total "
    "Two Under Unless Until Upon Use Was We Were What When Where Whether Which While Who With Within Without Words Year Yesterday Yet "
    "You Your"
)
