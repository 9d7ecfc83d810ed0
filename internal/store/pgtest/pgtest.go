// Package pgtest runs a private PostgreSQL for tests: a server of its own in a
// temporary folder, gone when the tests are. Only tests import it.
package pgtest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// missing says what to do on a machine without PostgreSQL. Tests fail there
// rather than skip: half of what they are for would go untested unseen.
const missing = "PostgreSQL's initdb was not found in /usr/lib/postgresql/*/bin or in PATH: " +
	"install it with: apt-get install postgresql"

// startTimeout is generous, because tests of several packages start servers
// at the same time.
const startTimeout = 60 * time.Second

// Start makes and starts a server that only this machine reaches. Databases
// are made in it with NewDatabase. stop ends it and removes its files. Settings
// such as "fsync=on" are stronger than its own, which make tests quick.
func Start(settings ...string) (baseURL string, stop func(), err error) {
	bin, err := binaries()
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return "", nil, err
	}
	s := &server{bin: bin, dir: dir, settings: settings}
	if err = s.start(); err != nil {
		s.stop()
		return "", nil, fmt.Errorf("start PostgreSQL: %w", err)
	}
	return s.url, s.stop, nil
}

// quick are the server's own settings.
var quick = []string{"listen_addresses=127.0.0.1", "fsync=off", "max_connections=200", "shared_buffers=64MB", "jit=off"}

type server struct {
	bin, dir string
	settings []string
	cmd      *exec.Cmd
	ended    chan struct{} // closed when the process has
	log      bytes.Buffer
	url      string
}

// binaries finds the newest installed PostgreSQL.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, path)
	}
	if len(found) == 0 {
		return "", errors.New(missing)
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(newest), nil
}

// version is the 15 in /usr/lib/postgresql/15/bin/initdb, or 0.
func version(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
	return n
}

func (s *server) start() error {
	as, err := account(s.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	init := exec.Command(filepath.Join(s.bin, "initdb"), "-D", data, "-U", "test", "-A", "trust",
		"-E", "UTF8", "--no-locale", "--no-sync", "--no-instructions")
	init.SysProcAttr, init.Dir = as, s.dir
	if out, err := init.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	// Between asking for a free port and using it, another test may take it.
	for range 3 {
		if err = s.launch(as, data); err == nil {
			err = s.wait()
		}
		if err == nil {
			return nil
		}
	}
	return err
}

// launch starts the server so that it dies with the test binary. The kernel
// ties that to the thread that starts it, which is therefore kept to the end.
func (s *server) launch(as *syscall.SysProcAttr, data string) error {
	port, err := freePort()
	if err != nil {
		return err
	}
	args := []string{"-D", data, "-k", s.dir, "-p", strconv.Itoa(port)}
	for _, setting := range slices.Concat(quick, s.settings) {
		args = append(args, "-c", setting)
	}
	s.cmd = exec.Command(filepath.Join(s.bin, "postgres"), args...)
	s.cmd.SysProcAttr, s.cmd.Dir = as, s.dir
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	s.url = fmt.Sprintf("postgres://test@127.0.0.1:%d/", port)
	started, ended := make(chan error), make(chan struct{})
	go func(cmd *exec.Cmd) {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // stopped by a signal, or told in the log
		}
		close(ended)
	}(s.cmd)
	s.ended = ended
	return <-started
}

// account gives the server a user that may run it, since it refuses root, and
// gives that user the folder.
func account(dir string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Pdeathsig: syscall.SIGQUIT}
	if os.Geteuid() != 0 {
		return as, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("as root the server runs as the user postgres: %w", err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	if err1 != nil || err2 != nil {
		return nil, fmt.Errorf("user postgres: uid %q, gid %q", u.Uid, u.Gid)
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(dir, int(uid), int(gid))
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}

// wait returns when the server answers.
func (s *server) wait() error {
	db, err := sql.Open("pgx", s.url+"postgres")
	if err != nil {
		return err
	}
	defer db.Close()
	ctx, cancel := context.WithTimeout(context.Background(), startTimeout)
	defer cancel()
	for {
		// The folder shows that it is ours and not another test's on this port.
		var data string
		err = db.QueryRowContext(ctx, "SHOW data_directory").Scan(&data)
		if err == nil && filepath.Dir(data) == s.dir {
			return nil
		}
		select {
		case <-s.ended:
			return fmt.Errorf("the server ended: %s", s.log.String())
		case <-ctx.Done():
			return fmt.Errorf("no answer within %v: %w", startTimeout, err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// stop ends the server at once, without waiting for connections left open.
func (s *server) stop() {
	if s.cmd != nil && s.cmd.Process != nil {
		_ = s.cmd.Process.Signal(syscall.SIGQUIT)
		<-s.ended
	}
	_ = os.RemoveAll(s.dir)
}

var databases atomic.Int64

// NewDatabase makes an empty database on the server of baseURL and gives its URL.
func NewDatabase(t testing.TB, baseURL string) string {
	t.Helper()
	return create(t, baseURL, "template0") // to which, unlike template1, nobody is ever connected
}

// Copy makes a database like the one of the given URL, which nobody may be
// connected to: quicker than making the tables once more.
func Copy(t testing.TB, url string) string {
	t.Helper()
	i := strings.LastIndex(url, "/") + 1
	return create(t, url[:i], url[i:])
}

func create(t testing.TB, baseURL, template string) string {
	t.Helper()
	db, err := sql.Open("pgx", baseURL+"postgres")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	name := fmt.Sprintf("test%d", databases.Add(1))
	if _, err := db.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatal(err)
	}
	return baseURL + name
}
