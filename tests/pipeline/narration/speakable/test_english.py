"""How English is said: one table a subject, written on the left, spoken on the right."""

from __future__ import annotations

import pytest

from pipeline.narration.speakable import make_speakable


def said(text, **options):
    return make_speakable(text, **options).spoken


def table(*rows):
    return pytest.mark.parametrize(("written", "spoken"), rows)


@table(
    ("7", "seven"),
    ("21 people", "twenty-one people"),
    ("105", "one hundred and five"),
    ("2,000", "two thousand"),
    ("1,234,567", "one million two hundred and thirty-four thousand five hundred and sixty-seven"),
    ("65,000,000 years", "sixty-five million years"),
    ("3.14159", "three point one four one five nine"),
    (".5", "point five"),
    ("-5", "minus five"),
    ("007", "zero zero seven"),
    ("10-year-old", "ten-year-old"),
    ("100k", "one hundred thousand"),
    ("2.5M views", "two point five million views"),
    ("~50", "about fifty"),
    ("<5", "less than five"),
    ("555-0123", "five five five zero one two three"),
    ("v2.1.3", "version two point one point three"),
    ("1 in 3", "one in three"),
    ("10x faster", "ten times faster"),
    ("1920x1080", "one thousand nine hundred and twenty by one thousand and eighty"),
)
def test_numbers(written, spoken):
    assert said(written) == spoken


@table(
    ("in 79 AD", "in seventy-nine A D"),
    ("AD 79", "A D seventy-nine"),
    ("44 BC", "forty-four B C"),
    ("3000 BCE.", "three thousand B C E."),
    ("100–44 BC", "one hundred to forty-four B C"),
    ("in 1984", "in nineteen eighty-four"),
    ("in 1905", "in nineteen oh five"),
    ("in 1900", "in nineteen hundred"),
    ("in 2005", "in two thousand and five"),
    ("in 2024", "in twenty twenty-four"),
    ("in 1066", "in ten sixty-six"),
    ("1,984 of them", "one thousand nine hundred and eighty-four of them"),
    ("1500 m", "one thousand five hundred meters"),
    ("the 1990s", "the nineteen nineties"),
    ("the '90s", "the nineties"),
    ("the mid-1800s", "the mid-eighteen hundreds"),
    ("1939–1945", "nineteen thirty-nine to nineteen forty-five"),
    ("1939–45", "nineteen thirty-nine to forty-five"),
    ("August 24, 1979", "August twenty-fourth, nineteen seventy-nine"),
    ("Aug. 24–26", "August twenty-fourth to twenty-sixth"),
    ("24 August 1979", "the twenty-fourth of August, nineteen seventy-nine"),
    ("the 24th of March 2024", "the twenty-fourth of March twenty twenty-four"),
    ("March 2024", "March twenty twenty-four"),
    ("May 5", "May fifth"),
    ("2024-08-24", "August twenty-fourth, twenty twenty-four"),
    ("24/08/2024", "August twenty-fourth, twenty twenty-four"),
    ("It may 5 times.", "It may five times."),
)
def test_dates_and_years(written, spoken):
    assert said(written) == spoken


@table(
    ("$3.5 million", "three point five million dollars"),
    ("$5m", "five million dollars"),
    ("$2bn", "two billion dollars"),
    ("$3.50", "three dollars and fifty cents"),
    ("$0.99", "ninety-nine cents"),
    ("$1", "one dollar"),
    ("€1,200.50", "one thousand two hundred euros and fifty cents"),
    ("£20", "twenty pounds"),
    ("$5–10 billion", "five to ten billion dollars"),
    ("20 €", "twenty euros"),
    ("100 USD", "one hundred US dollars"),
    ("-$5", "minus five dollars"),
    ("a $5 million deal", "a five million dollar deal"),
    ("50¢", "fifty cents"),
)
def test_money(written, spoken):
    assert said(written) == spoken


@table(
    ("5 km", "five kilometers"),
    ("1 kg", "one kilogram"),
    ("60–80 km/h", "sixty to eighty kilometers per hour"),
    ("9.8 m/s²", "nine point eight meters per second squared"),
    ("1,000 km²", "one thousand square kilometers"),
    ("−5 °C", "minus five degrees Celsius"),
    ("98.6°F", "ninety-eight point six degrees Fahrenheit"),
    ("40%", "forty percent"),
    ("5-10%", "five to ten percent"),
    ("5 million km", "five million kilometers"),
    ("100 mph", "one hundred miles per hour"),
    ("300 K", "three hundred kelvins"),
    ("300K", "three hundred thousand"),
    ("5'11\"", "five foot eleven"),
    ("16 GB", "sixteen gigabytes"),
    ("3×10⁸ m/s", "three times ten to the power of eight meters per second"),
    ("a 5 km run", "a five kilometer run"),
    ("1 million ms", "one million milliseconds"),
)
def test_units(written, spoken):
    assert said(written) == spoken


@table(
    ("1/2", "one half"),
    ("3/4", "three quarters"),
    ("2 1/2 cups", "two and a half cups"),
    ("2½", "two and a half"),
    ("24/7", "twenty-four seven"),
    ("16:9", "sixteen to nine"),
    ("3-2", "three to two"),
    ("pages 5–10", "pages five to ten"),
    ("5-10-year plan", "five to ten-year plan"),
    ("1st", "first"),
    ("the 21st century", "the twenty-first century"),
    ("100th", "one hundredth"),
    ("E=mc²", "E equals m c squared"),
    ("10^6", "ten to the power of six"),
    ("No. 5", "number five"),
    ("#1", "number one"),
    ("3:30 pm", "three thirty P M"),
    ("3:05", "three oh five"),
    ("5 a.m.", "five A M."),
    ("12:00", "twelve o'clock"),
    ("1:30:45", "one hour, thirty minutes and forty-five seconds"),
)
def test_fractions_ranges_ordinals_and_times(written, spoken):
    assert said(written) == spoken


@table(
    ("Henry VIII", "Henry the Eighth"),
    ("Louis XIV's wife", "Louis the Fourteenth's wife"),
    ("World War II", "World War Two"),
    ("Elizabeth I reigned", "Elizabeth the First reigned"),
    ("as Elizabeth I think", "as Elizabeth I think"),
    ("Chapter IV", "Chapter Four"),
    ("the XIX century", "the nineteenth century"),
    ("Malcolm X", "Malcolm X"),
    ("I am here.", "I am here."),
)
def test_roman_numerals_only_where_they_are_some(written, spoken):
    assert said(written) == spoken


@table(
    ("Dr. Smith", "Doctor Smith"),
    ("near St. Peter on Main St. today", "near Saint Peter on Main Street today"),
    ("e.g. this", "for example this"),
    ("and so on, etc.", "and so on, et cetera."),
    ("etc. Then more", "et cetera. Then more"),
    ("Mr. X vs. Mr. Y", "Mister X versus Mister Y"),
    ("U.S. Army", "U S Army"),
    ("At 5 p.m. We left.", "At five P M. We left."),
    ("J. R. R. Tolkien", "J. R. R. Tolkien"),
)
def test_abbreviations(written, spoken):
    assert said(written) == spoken


@table(
    ("NASA's plan", "Nasa's plan"),
    ("the FBI", "the F B I"),
    ("CEOs of IBM", "C E O's of I B M"),
    ("CO2 and H2O", "C O two and H two O"),
    ("COVID-19", "Covid-nineteen"),
    ("F-16", "F-sixteen"),
    ("4K video", "four K video"),
    ("NEVER give up", "never give up"),
    ("I AM THE KING OF THE WORLD", "I am the king of the world"),
    ("USSR", "U S S R"),
    ("WWII", "World War Two"),
)
def test_capitals(written, spoken):
    assert said(written) == spoken


@table(
    ("https://www.example.com/some-page?x=1", "example dot com slash some page"),
    ("see example.org.", "see example dot org."),
    ("jo.doe@example.co.uk!", "jo dot doe at example dot co dot U K!"),
)
def test_addresses(written, spoken):
    assert said(written) == spoken


@table(
    ("rock & roll", "rock and roll"),
    ("A + B = C", "A plus B equals C"),
    ("input/output and/or", "input output and or"),
    ("π is 3.14", "pi is three point one four"),
    ("A — dash", "A, dash"),
    ("it stands (an aside) here", "it stands, an aside, here"),
    ("#volcano by @user", "hashtag volcano by user"),
)
def test_symbols(written, spoken):
    assert said(written) == spoken


def test_a_creators_pronunciation_comes_first_and_the_longest_of_them():
    own = {"Nginx": "engine ex", "New York Times": "paper", "New York": "the city", "gif": "jif", "79 AD": "long ago"}
    assert said("Nginx and the New York Times in New York", pronunciations=own) == "engine ex and the paper in the city"
    assert said("A GIF from 79 AD", pronunciations=own) == "A jif from long ago"
    assert said("nginx", pronunciations=own) == "engine x"
