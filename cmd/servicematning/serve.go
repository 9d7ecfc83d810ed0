package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"time"

	"servicematning/internal/auth"
	"servicematning/internal/fieldwork"
	"servicematning/internal/web"
)

type serveCommand struct {
	serverFlags
}

// serverFlags are shared by serve and demo.
type serverFlags struct {
	Addr         string   `help:"Adress att lyssna på. Även SERVICEMATNING_ADDR." default:"127.0.0.1:8080" placeholder:"ADRESS"`
	Contact      string   `help:"Vem besökare vänder sig till, till exempel en e-postadress. Visas på hjälpsidorna. Även SERVICEMATNING_CONTACT." placeholder:"TEXT"`
	TrustedProxy []string `help:"Nät vars X-Forwarded-huvuden gäller, till exempel 10.0.0.0/8. Även SERVICEMATNING_TRUSTED_PROXY." placeholder:"NÄT"`
}

func (c serveCommand) Run(a *app) error {
	return a.serve(c.serverFlags, func(url string) {
		fmt.Fprintf(a.Out, "Servicemätning körs på %s. Stoppa med Ctrl+C.\n", url)
	})
}

// Limits of one request: a page answers in milliseconds, a large upload in seconds.
const (
	readHeaderTimeout = 10 * time.Second
	readTimeout       = 2 * time.Minute
	writeTimeout      = 2 * time.Minute
	stopTimeout       = 30 * time.Second
)

// heapLimit makes the garbage collector work harder rather than let the
// process take more than 64 MiB of its own, SQLite's caches included; what a
// full round needs at rest is half of it. GOMEMLIMIT overrides it.
const heapLimit = 48 << 20

// serve runs the web application until the context ends, then lets running
// requests finish. started is called with the address once it is listening.
func (a *app) serve(flags serverFlags, started func(url string)) error {
	if a.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(heapLimit)
	}
	proxies, err := prefixes(flags.TrustedProxy)
	if err != nil {
		return err
	}
	store, err := a.open()
	if err != nil {
		return err
	}
	service := fieldwork.New(store, a.Now)
	accounts, err := auth.New(store, a.Now, auth.Options{})
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(a.Err, nil))
	pages, err := web.New(web.Config{
		Service: service, Auth: accounts, Now: a.Now, Log: log, Version: version(),
		TrustedProxies: proxies, Ready: store.Ready, Contact: flags.Contact,
	})
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(a.ctx, "tcp", flags.Addr)
	if err != nil {
		return fmt.Errorf("%s: adressen går inte att lyssna på. Är den upptagen? Välj en annan med --addr", flags.Addr)
	}
	server := &http.Server{
		Handler: pages, ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	jobs := startJobs(a.ctx, log, timedWork(a.Now, service, accounts, store))
	defer jobs.stop()
	started("http://" + listener.Addr().String())
	return untilStopped(a.ctx, server, listener)
}

// untilStopped serves until the context ends, then finishes what is running.
func untilStopped(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		return fmt.Errorf("alla pågående förfrågningar hann inte bli klara på %s: %w", stopTimeout, err)
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func prefixes(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range list {
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, usageError{"--trusted-proxy: " + s + " är inget nät. Skriv till exempel 10.0.0.0/8."}
		}
		out = append(out, p)
	}
	return out, nil
}

type migrateCommand struct{}

func (migrateCommand) Run(a *app) error {
	if _, err := a.open(); err != nil {
		return err
	}
	fmt.Fprintln(a.Out, "Databasen har programmets schema.")
	return nil
}

// healthCommand asks a running server, for the container's health check: the
// image has no other program that could.
type healthCommand struct {
	Addr string `help:"Serverns adress." default:"127.0.0.1:8080" placeholder:"ADRESS"`
}

func (c healthCommand) Run(a *app) error {
	ctx, cancel := context.WithTimeout(a.ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+c.Addr+"/readyz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fmt.Errorf("servern på %s svarar inte. Kör den? Starta med servicematning serve", c.Addr)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("servern på %s svarar %s", c.Addr, resp.Status)
	}
	fmt.Fprintln(a.Out, "ok")
	return nil
}
