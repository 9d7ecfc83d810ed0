package export

import (
	"encoding/csv"
	"io"
	"strconv"

	"servicematning/internal/survey"
)

// WriteDayCounts writes one row per municipality and day that has contacts, in
// the order of the participants, with the number of calls and of e-mails.
// channel leaves one of them only; "" is both. A contact without a planned
// day stands on a row whose day is empty.
func WriteDayCounts(w io.Writer, participants []survey.Participant, counts []survey.DayCount,
	channel survey.Channel) error {
	channels := survey.Channels
	if channel != "" {
		channels = []survey.Channel{channel}
	}
	out := csv.NewWriter(w)
	header := []string{"municipality", "name", "day"}
	for _, ch := range channels {
		header = append(header, string(ch))
	}
	if err := out.Write(header); err != nil {
		return err
	}
	of := map[string][]survey.DayCount{}
	for _, c := range counts {
		of[c.Key] = append(of[c.Key], c)
	}
	for _, p := range participants {
		if err := writeDays(out, p, of[p.Code], channels); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// writeDays writes a municipality's days; its counts are sorted by day.
func writeDays(out *csv.Writer, p survey.Participant, counts []survey.DayCount, channels []survey.Channel) error {
	for len(counts) > 0 {
		day, n := counts[0].Day, map[survey.Channel]int{}
		for len(counts) > 0 && counts[0].Day == day {
			n[counts[0].Channel] += counts[0].N
			counts = counts[1:]
		}
		cells, all := []string{p.Code, p.Name, day}, 0
		for _, ch := range channels {
			cells, all = append(cells, strconv.Itoa(n[ch])), all+n[ch]
		}
		if all == 0 {
			continue
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	return nil
}
