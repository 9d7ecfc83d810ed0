package officehours

import "maps"

// With gives a calendar in which the day is as the exception says. The
// receiver keeps its own exceptions.
func (c Calendar) With(d Date, x Exception) Calendar {
	days := maps.Clone(c.Exceptions)
	if days == nil {
		days = map[Date]Exception{}
	}
	days[d] = x
	c.Exceptions = days
	return c
}

// Without gives a calendar in which the day is as its weekday says.
func (c Calendar) Without(d Date) Calendar {
	days := maps.Clone(c.Exceptions)
	delete(days, d)
	c.Exceptions = days
	return c
}
