package export

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"servicematning/internal/survey"
)

// wantErrors compares a whole error text, line by line, and makes sure that
// it is a FileErrors.
func wantErrors(t *testing.T, err error, want ...string) {
	t.Helper()
	got := []string(nil)
	if err != nil {
		var errs FileErrors
		if !errors.As(err, &errs) {
			t.Fatalf("error is %T, want FileErrors: %v", err, err)
		}
		got = strings.Split(errs.Error(), "\n")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("errors (−want +got):\n%s", diff)
	}
}

const townHeader = "code,name,county_code,county,population,skr_group_code,skr_group,size_class"
const habo = "0305,Håbo,03,Uppsala län,22720,A2,Pendlingskommun nära storstad,20000-29999"
const mora = "2062,Mora,20,Dalarnas län,20616,C6,Mindre stad/tätort,20000-29999"

var haboRead = survey.Municipality{
	Code: "0305", Name: "Håbo", CountyCode: "03", County: "Uppsala län", Population: 22720,
	SKRGroupCode: "A2", SKRGroup: "Pendlingskommun nära storstad", SizeClass: "20000-29999",
}

func TestTableShapesThatAreAccepted(t *testing.T) {
	semicolons := strings.NewReplacer(",", ";")
	for _, c := range []struct{ name, file string }{
		{"commas", townHeader + "\n" + habo + "\n"},
		{"no line break at the end", townHeader + "\n" + habo},
		{"semicolons", semicolons.Replace(townHeader + "\n" + habo + "\n")},
		{"byte-order mark", "\ufeff" + townHeader + "\n" + habo + "\n"},
		{"CRLF", townHeader + "\r\n" + habo + "\r\n"},
		{"byte-order mark, semicolons and CRLF", "\ufeff" + semicolons.Replace(townHeader+"\r\n"+habo+"\r\n")},
		{"empty last lines", townHeader + "\n" + habo + "\n\n\r\n\n"},
		{"last lines of nothing but delimiters", townHeader + "\n" + habo + "\n,,,,,,,\n , ,,,,,,\n\n,,\n"},
		{"header in capitals and with spaces", strings.ToUpper(townHeader) + " \n" + habo + "\n"},
		{"spaces around cells", townHeader + "\n" + strings.ReplaceAll(habo, ",", " , ") + "\n"},
		{"columns in another order", "name,code,size_class,skr_group,skr_group_code,population,county,county_code\n" +
			"Håbo,0305,20000-29999,Pendlingskommun nära storstad,A2,22720,Uppsala län,03\n"},
		{"quoted header that holds the other delimiter", strings.Replace(townHeader, "code,name", `"code","name"`, 1) +
			"\n" + habo},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadMunicipalities(strings.NewReader(c.file), "f.csv")
			wantErrors(t, err)
			if diff := cmp.Diff([]survey.Municipality{haboRead}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDelimiterOutsideQuotes(t *testing.T) {
	for _, c := range []struct {
		name, header string
		want         rune
	}{
		{"commas", "a,b,c\n1;2;3;4;5\n", ','},
		{"semicolons", "a;b;c\n1,2,3,4,5\n", ';'},
		{"semicolons within quotes", "\"a;b;c;d\",e\n", ','},
		{"commas within quotes", "\"a,b,c,d\";e\n", ';'},
		{"a line break within quotes", "\"a\n,,,,\";e\n", ';'},
		{"one column", "a\n", ','},
		{"no line break", "a;b", ';'},
		{"empty lines first", "\r\n\na;b\n,,,", ';'},
		{"nothing", "", ','},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := delimiter([]byte(c.header)); got != c.want {
				t.Errorf("%c, want %c", got, c.want)
			}
		})
	}
}

func TestTableShapesThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"nothing", "", []string{"f.csv:1: Filen är tom. Den ska börja med en rubrikrad."}},
		{"blank", "\ufeff \r\n\n", []string{"f.csv:1: Filen är tom. Den ska börja med en rubrikrad."}},
		{"only a header", townHeader + "\n", []string{"f.csv:1: Filen har bara en rubrikrad. Fyll på med minst en rad."}},
		{"only a header and blank lines", townHeader + "\n\n,,,,,,,\n",
			[]string{"f.csv:1: Filen har bara en rubrikrad. Fyll på med minst en rad."}},
		{"Latin-1", townHeader + "\n" + mora + "\n0305,H\xe5bo,03,x,1,A2,x,0-4999\n", []string{
			"f.csv:3: Filen är inte UTF-8: här står ett tecken som inte går att läsa. Spara filen som CSV UTF-8."}},
		{"UTF-16", "\xff\xfec\x00o\x00", []string{"f.csv:1: Filen är sparad som Unicode (UTF-16). Spara den som CSV UTF-8."}},
		{"tabs", strings.ReplaceAll(townHeader, ",", "\t") + "\n", []string{
			"f.csv:1: Kolumnerna är skilda med tabb. Spara filen med komma eller semikolon mellan kolumnerna."}},
		{"something else", "Hej\nsvejs\n", append([]string{
			"f.csv:1: Hej: Kolumnen är okänd. Ta bort den eller rätta namnet. Kolumnerna är " +
				strings.ReplaceAll(townHeader, ",", ", ") + "."}, missingAll()...)},
		{"unknown column", townHeader + ",fax\n" + habo + ",1\n", []string{
			"f.csv:1: fax: Kolumnen är okänd. Ta bort den eller rätta namnet. Kolumnerna är " +
				strings.ReplaceAll(townHeader, ",", ", ") + "."}},
		{"unknown columns are one error", townHeader + ",fax,,Webb\n" + habo + ",1,,2\n", []string{
			"f.csv:1: fax, kolumn 10, Webb: Kolumnerna är okända. Ta bort dem eller rätta namnen. Kolumnerna är " +
				strings.ReplaceAll(townHeader, ",", ", ") + "."}},
		{"missing columns", "code,name,county_code,county,skr_group_code,skr_group\n", []string{
			"f.csv:1: population: Kolumnen saknas. Lägg till den i rubrikraden.",
			"f.csv:1: size_class: Kolumnen saknas. Lägg till den i rubrikraden."}},
		{"a column twice", townHeader + ",Name\n" + habo + ",Håbo\n", []string{
			"f.csv:1: name: Kolumnen finns mer än en gång. Ta bort den ena."}},
		{"quotes in the header", "\"code,name\n", []string{
			"f.csv:1: Ett citattecken saknas eller står fel. Varje cell som börjar med ett citattecken ska sluta med ett."}},
		{"too few and too many cells", townHeader + "\n0305,Håbo\n" + mora + "\n" + habo + ",x\n", []string{
			"f.csv:2: Raden har 2 celler men rubrikraden 8. En cell som innehåller , ska stå inom citattecken.",
			"f.csv:4: Raden har 9 celler men rubrikraden 8. En cell som innehåller , ska stå inom citattecken."}},
		{"blank lines in the middle", townHeader + "\n\n" + habo + "\n,,,,,,,\n\n" + mora + "\n", []string{
			"f.csv:2: Raden är tom. Ta bort den: tomma rader får bara stå sist.",
			"f.csv:4: Raden är tom. Ta bort den: tomma rader får bara stå sist.",
			"f.csv:5: Raden är tom. Ta bort den: tomma rader får bara stå sist."}},
		{"a quote inside a cell does not hide later errors", townHeader + "\n" + strings.Replace(habo, "Håbo", `H"bo`,
			1) + "\n" +
			strings.Replace(mora, "20616", "många", 1) + "\n", []string{
			"f.csv:2: Ett citattecken står mitt i en cell. Sätt hela cellen inom citattecken och dubblera de som hör till " +
				"texten.",
			"f.csv:3: population: ”många” går inte. Skriv ett heltal 1–2147483647."}},
		{"a cell that never ends", townHeader + "\n" + habo + "\n\"2062" + "\n", []string{
			"f.csv:3: Ett citattecken saknas eller står fel. Varje cell som börjar med ett citattecken ska sluta med ett."}},
		{"NUL", townHeader + "\n" + strings.Replace(habo, "Håbo", "H\x00bo", 1) + "\n", []string{
			"f.csv:2: name: Cellen innehåller ett osynligt tecken (NUL). Skriv om texten."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ReadMunicipalities(strings.NewReader(c.file), "f.csv")
			wantErrors(t, err, c.want...)
			if got != nil {
				t.Errorf("values beside the errors: %v", got)
			}
		})
	}
}

func missingAll() []string {
	var out []string
	for name := range strings.SplitSeq(townHeader, ",") {
		out = append(out, "f.csv:1: "+name+": Kolumnen saknas. Lägg till den i rubrikraden.")
	}
	return out
}

func TestLongCellsAreCutInMessages(t *testing.T) {
	for text, want := range map[string]string{
		"":                      "””",
		"a\nb":                  "”a b”",
		strings.Repeat("å", 40): "”" + strings.Repeat("å", 40) + "”",
		strings.Repeat("å", 41): "”" + strings.Repeat("å", 40) + "…”",
	} {
		if got := quoted(text); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestLineNumbers counts as an editor does, also past cells of several lines.
func TestLineNumbers(t *testing.T) {
	for _, br := range []string{"\n", "\r\n"} {
		file := strings.Join([]string{
			"area,question,phone_text,email_subject,email_text,answer_key",
			`bygglov,BYGG1,"Hej`, ``, `då",Ämne,"Rad`, `två",Svar`,
			`tomt,BYGG2,Hej,Ämne,Text,Svar`,
			`"bygglov",BYGG3,"","Ämne","Slut`, ``, ``, `","Svar"`,
			`bygglov,BYGG1,Hej,Ämne,Text,Svar`, ``,
		}, br)
		_, err := ReadQuestions(strings.NewReader(file), "f.csv", round2026(t).Round.Design)
		wantErrors(t, err,
			"f.csv:6: area: Frågeområdet ”tomt” finns inte i omgången. Områdena är bygglov, förskola, grundskola, "+
				"individ- och familjeomsorg, miljö och hälsa, gator och vägar, äldreomsorg, handikappomsorg, kultur och fritid, "+
				"kommunledningskontoret.",
			"f.csv:7: phone_text: Skriv frågan som den ställs i telefon.",
			"f.csv:11: question: Koden BYGG1 står redan på rad 2. Välj en annan.")
	}
}

// TestHundredLines names a hundred bad lines with all their errors, in the
// file's order, and counts the rest.
func TestHundredLines(t *testing.T) {
	for _, c := range []struct{ bad, named, more int }{
		{1, 3, 0}, {100, 300, 0}, {101, 300, 3}, {150, 300, 150}, {9000, 300, 26_700}, // the last is more than is kept
	} {
		t.Run(fmt.Sprint(c.bad, " bad lines"), func(t *testing.T) {
			var b strings.Builder
			b.WriteString(townHeader + "\n" + habo + "\n")
			for i := range c.bad {
				fmt.Fprintf(&b, "%04d,Ort,3,Uppsala län,0,A2,x,liten\n", 1000+i)
			}
			_, err := ReadMunicipalities(strings.NewReader(b.String()), "f.csv")
			var errs FileErrors
			if !errors.As(err, &errs) {
				t.Fatal(err)
			}
			if len(errs.Lines) != c.named || errs.More != c.more {
				t.Errorf("%d named and %d more, want %d and %d", len(errs.Lines), errs.More, c.named, c.more)
			}
			for i, l := range errs.Lines {
				if want := 3 + i/3; l.Line != want {
					t.Fatalf("error %d is of line %d, want %d", i, l.Line, want)
				}
			}
			if tail := fmt.Sprintf("\n… och %d fel till", c.more); strings.HasSuffix(err.Error(), tail) != (c.more > 0) {
				t.Errorf("the text ends with …%s", err.Error()[len(err.Error())-40:])
			}
		})
	}
}

// TestFailingReader passes the reader's own failure on: the file is not to blame.
func TestFailingReader(t *testing.T) {
	_, err := ReadMunicipalities(io.MultiReader(strings.NewReader(townHeader), iotest.ErrReader(io.ErrUnexpectedEOF)),
		"f.csv")
	var errs FileErrors
	if !errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &errs) {
		t.Errorf("got %v", err)
	}
}
