package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

func (s *Store) openPostgres(ctx context.Context, address string) error {
	s.postgres = true
	config, err := pgx.ParseConfig(address)
	if err != nil {
		// The parser's error may repeat the address, and with it the password.
		return &Fault{Message: "Databasens adress går inte att läsa. " +
			"Skriv den som postgres://användare:lösenord@server:5432/databas."}
	}
	s.place = fmt.Sprintf("%s på %s:%d", config.Database, config.Host, config.Port)
	config.RuntimeParams["synchronous_commit"] = "on"
	config.RuntimeParams["application_name"] = "servicematning"
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectWait
	}
	pool := sql.OpenDB(connector{stdlib.GetConnector(*config)})
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	s.writer, err = gorm.Open(postgres.New(postgres.Config{Conn: pool}), s.config())
	if err != nil {
		return errors.Join(err, pool.Close())
	}
	s.reader = s.writer
	if err := pool.PingContext(ctx); err != nil {
		return s.connectFault(err)
	}
	return nil
}

// connector makes connections that can say whether they still work. pgx closes
// a connection whose request is given up half-way, and without this database/sql
// would hand the closed one to the next in the queue.
type connector struct{ driver.Connector }

// Connect makes a connection.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return connection{conn.(*stdlib.Conn)}, nil
}

type connection struct{ *stdlib.Conn }

// IsValid is what database/sql asks before it keeps a connection.
func (c connection) IsValid() bool { return !c.Conn.Conn().IsClosed() }
