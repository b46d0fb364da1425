//! A row of any of the tables.

use sqlx::sqlite::SqliteRow;
use sqlx::{Column as _, QueryBuilder, Row as _, Sqlite, SqliteConnection, TypeInfo as _, ValueRef as _};

use super::table::Table;

/// A row, its values in the order of the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) table: &'static Table,
    pub(super) cells: Vec<Cell>,
}

/// A value. The tables are STRICT, and have no others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Text(String),
}

impl Row {
    pub(super) fn new(table: &'static Table, cells: impl IntoIterator<Item = Cell>) -> Self {
        Self { table, cells: cells.into_iter().collect() }
    }

    /// What tells it apart from the other rows of its entry, empty where there are no others.
    pub(super) fn key(&self) -> &str {
        match self.table.key.and_then(|column| self.cells.get(column)) {
            Some(Cell::Text(key)) => key,
            _ => "",
        }
    }

    /// The rows of `table` that come from entry `entry`, in no order.
    pub(super) async fn load(
        connection: &mut SqliteConnection,
        table: &'static Table,
        entry: i64,
    ) -> Result<Vec<Self>, sqlx::Error> {
        let rows = sqlx::query(table.select).bind(entry).fetch_all(connection).await?;
        rows.iter().map(|row| Ok(Self { table, cells: cells(row)? })).collect()
    }

    /// Writes `rows`, all of them of `table`. One statement for many spares each the way to the database and back.
    pub(super) async fn insert_all(
        rows: impl Iterator<Item = Self>,
        table: &'static Table,
        connection: &mut SqliteConnection,
    ) -> Result<(), sqlx::Error> {
        let mut statement = QueryBuilder::<Sqlite>::new(table.insert);
        statement.push_values(rows, |mut values, row| {
            for cell in row.cells {
                match cell {
                    Cell::Null => values.push_bind(None::<i64>),
                    Cell::Integer(number) => values.push_bind(number),
                    Cell::Text(text) => values.push_bind(text),
                };
            }
        });
        statement.build().execute(connection).await?;
        Ok(())
    }
}

fn cells(row: &SqliteRow) -> Result<Vec<Cell>, sqlx::Error> {
    let cell = |column: usize| {
        let value = row.try_get_raw(column)?;
        if value.is_null() {
            return Ok(Cell::Null);
        }
        match value.type_info().name() {
            "INTEGER" => row.try_get(column).map(Cell::Integer),
            _ => row.try_get(column).map(Cell::Text),
        }
    };
    row.columns().iter().map(|column| cell(column.ordinal())).collect()
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
