"""Fictitious exhibits that several tests parse."""

PROSE_ONLY = b"""\
                                  EXHIBIT 99.1

      HADLEY CIRCUITS ANNOUNCES FOURTH QUARTER AND YEAR END RESULTS FOR FISCAL 2007

Corning, NY - November 20, 2007 - Hadley Circuits, Inc. (HADL.OB) announced today
its results for the fourth quarter and fiscal year ending September 30, 2007.

Hadley reported net income of $73,000 or $0.01 per share on revenue of $5.2 million
for the quarter. This compares to a net income of $81,000 or $0.02 per share on
revenue of $6.9 million for the same quarter a year ago.

Hadley's net income for fiscal 2007 was $412,000 or $0.05 per share on revenue of
$21.3 million. This compares to a net loss of ($1,204,000) or ($0.15) per share on
revenue of $24.8 million, for fiscal year 2006.

"We believe sales will grow in fiscal 2008," said Ada Marsh, President.

This release contains forward-looking statements that involve risks and
uncertainties. Actual results may differ materially from those anticipated.

Contact:
Ada Marsh
(607) 555-0142
"""

STATEMENT = b"""\
<html><head><title>EX-99.1</title></head><body>
<p align="center"><b>Marlow Instruments Reports Third Quarter 2017 Results</b></p>
<p>ASHFORD, Ohio, October 26, 2017 - Marlow Instruments, Inc. (NYSE: MRLW) today reported results for the third quarter
ended September 30, 2017.</p>
<p>Net revenue for the third quarter was $412.3 million, compared with $388.0 million in the same quarter a year ago. Net income was
$46.6 million, or $1.12 per diluted share. International revenue was $101.0 million.</p>
<p>We expect net revenue of $420 million to $430 million in the fourth quarter of 2017.</p>
<p align="center"><b>MARLOW INSTRUMENTS, INC.<br>CONSOLIDATED STATEMENTS OF INCOME<br>(in thousands, except per share data)</b></p>
<table>
<tr><td></td><td colspan="2">Three Months Ended<br>September 30,</td><td colspan="2">Nine Months Ended<br>September 30,</td></tr>
<tr><td></td><td>2017</td><td>2016</td><td>2017</td><td>2016</td></tr>
<tr><td>Net revenue</td><td>$412,318</td><td>$388,004</td><td>$1,201,440</td><td>$1,133,902</td></tr>
<tr><td>Cost of revenue</td><td>221,040</td><td>209,112</td><td>644,790</td><td>611,400</td></tr>
<tr><td>Gross profit</td><td>191,278</td><td>178,892</td><td>556,650</td><td>522,502</td></tr>
<tr><td>Income from operations</td><td>62,736</td><td>57,300</td><td>180,220</td><td>164,100</td></tr>
<tr><td>Income before income taxes</td><td>60,618</td><td>55,100</td><td>173,900</td><td>157,900</td></tr>
<tr><td>Provision for income taxes</td><td>14,003</td><td>13,200</td><td>40,300</td><td>37,900</td></tr>
<tr><td>Net income</td><td>$46,615</td><td>$41,900</td><td>$133,600</td><td>$120,000</td></tr>
<tr><td>Net income per share:</td></tr>
<tr><td>Basic</td><td>$1.14</td><td>$1.02</td><td>$3.26</td><td>$2.92</td></tr>
<tr><td>Diluted</td><td>$1.12</td><td>$1.01</td><td>$3.21</td><td>$2.89</td></tr>
</table></body></html>
"""
