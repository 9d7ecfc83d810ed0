package officehours

import "time"

// easterSunday returns Easter Sunday (påskdagen) of a year in the Gregorian
// calendar.
//
// It is the algorithm that Nature printed anonymously on 20 April 1876, in the
// form given by Jean Meeus, Astronomical Algorithms, 2nd edition (1998), chapter 8.
// It has no exceptions from 1583 on; the one-letter names are the book's.
func easterSunday(year int) Date {
	a := year % 19 // place in the 19-year cycle of the moon
	b, c := year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30 // days from 21 March to the full moon
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7 // days from the full moon to its Sunday, less one
	m := (a + 11*h + 22*l) / 451
	n, p := (h+l-7*m+114)/31, (h+l-7*m+114)%31
	return Date{year, time.Month(n), p + 1}
}
