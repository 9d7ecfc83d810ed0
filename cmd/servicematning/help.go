package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// swedishHelp prints a command's usage, arguments, flags and subcommands.
func swedishHelp(_ kong.HelpOptions, ctx *kong.Context) error {
	node := ctx.Selected()
	if node == nil {
		node = ctx.Model.Node
	}
	w := ctx.Stdout
	fmt.Fprintf(w, "Användning: %s\n", usage(node))
	if node.Help != "" {
		fmt.Fprintf(w, "\n%s\n", node.Help)
	}
	var rows [][2]string
	for _, a := range node.Positional {
		rows = append(rows, [2]string{"<" + a.Name + ">", a.Help})
	}
	section(ctx, "Argument", rows)
	rows = nil
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			rows = append(rows, [2]string{"--" + f.Name + flagValue(f), flagHelp(f)})
		}
	}
	section(ctx, "Flaggor", rows)
	rows = nil
	for _, n := range node.Leaves(true) {
		rows = append(rows, [2]string{strings.TrimPrefix(n.Path(), "servicematning "), n.Help})
	}
	if len(node.Children) > 0 {
		section(ctx, "Kommandon", rows)
	}
	return nil
}

func usage(node *kong.Node) string {
	s := node.FullPath()
	for _, a := range node.Positional {
		s += " <" + a.Name + ">"
	}
	for _, group := range node.AllFlags(true) {
		for _, f := range group {
			if f.Required {
				s += " --" + f.Name + flagValue(f)
			}
		}
	}
	if len(node.Children) > 0 {
		s += " <kommando>"
	}
	return s + " [flaggor]"
}

func flagValue(f *kong.Flag) string {
	if f.IsBool() {
		return ""
	}
	return "=" + strings.ToUpper(f.FormatPlaceHolder())
}

func flagHelp(f *kong.Flag) string {
	if f.Name == "help" {
		return "Visa den här hjälpen."
	}
	if f.HasDefault && f.Default != "" && !f.IsBool() {
		return f.Help + " Förval: " + f.Default + "."
	}
	return f.Help
}

func section(ctx *kong.Context, title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	width := 0
	for _, r := range rows {
		width = max(width, len([]rune(r[0])))
	}
	fmt.Fprintf(ctx.Stdout, "\n%s:\n", title)
	for _, r := range rows {
		fmt.Fprintf(ctx.Stdout, "  %s%s  %s\n", r[0], strings.Repeat(" ", width-len([]rune(r[0]))), r[1])
	}
}

// usageWords turns the parser's English sentences into ours.
var usageWords = []struct {
	pattern *regexp.Regexp
	words   string
}{
	{regexp.MustCompile(`^unknown flag (\S+?)(, did you mean .*)?$`), "Flaggan $1 finns inte."},
	{regexp.MustCompile(`^missing flags: (.*)$`), "Det saknas: $1."},
	{
		regexp.MustCompile(`^unexpected argument (\S+?)(, did you mean .*)?$`),
		"Kommandot eller argumentet $1 finns inte.",
	},
	{regexp.MustCompile(`^expected "(.*)"$`), "Det saknas: $1."},
	{regexp.MustCompile(`^expected one of (.*)$`), "Det saknas ett kommando: $1."},
	{regexp.MustCompile(`^(\S+) must be one of (.*) but got (.*)$`), "$1 ska vara något av $2, inte $3."},
	{regexp.MustCompile(`^(\S+): (.*)$`), "$1: värdet går inte att läsa ($2)."},
}

func swedishUsage(err error) string {
	for _, u := range usageWords {
		if u.pattern.MatchString(err.Error()) {
			return u.pattern.ReplaceAllString(err.Error(), u.words)
		}
	}
	return err.Error() + "."
}
