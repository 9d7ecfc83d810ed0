// Package templates holds the HTML of every page: layout.html is the frame,
// partials are the parts that pages share, and each noun has a folder.
package templates

import "embed"

// FS holds the templates by their paths: "layout.html", "partials/field.html",
// "account/list.html".
//
//go:embed *.html */*.html
var FS embed.FS
