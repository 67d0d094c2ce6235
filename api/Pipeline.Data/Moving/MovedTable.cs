using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Pipeline.Data.Moving;

/// <summary>What the values of a column are, whatever an engine calls it.</summary>
public enum ColumnKind
{
    Text,
    Number,
    Bytes,
    Instant,
    Date,
}

/// <summary>A column of a table that is copied from one engine to another.</summary>
public sealed record MovedColumn(string Name, ColumnKind Kind);

/// <summary>A table that is copied from one engine to another, row by row in the order of its key.</summary>
public sealed class MovedTable
{
    private readonly IReadOnlyList<int> key;

    /// <param name="name">The table's name.</param>
    /// <param name="columns">All its columns.</param>
    /// <param name="key">The columns of its primary key, in their order.</param>
    public MovedTable(string name, IReadOnlyList<MovedColumn> columns, IReadOnlyList<string> key)
    {
        (Name, Columns) = (name, columns);
        this.key = [.. key.Select(part => columns.Select(column => column.Name).ToList().IndexOf(part))];
        if (key.Count == 0)
            throw new InvalidOperationException($"The table {name} has no primary key, so it cannot be copied.");
        Bulk = new BulkTable(name, [.. columns.Select(column => column.Name)]) { KeepsNumbers = true };
    }

    public string Name { get; }

    public IReadOnlyList<MovedColumn> Columns { get; }

    /// <summary>How its rows are added.</summary>
    public BulkTable Bulk { get; }

    /// <summary>How many rows it has.</summary>
    public string Count => $"SELECT COUNT(*) FROM {Name}";

    /// <summary>The statement that reads its rows in the order of its key.</summary>
    /// <param name="isResumed">Only those after the key <c>@k0</c>, <c>@k1</c> …</param>
    public string Select(bool isResumed) =>
        $"SELECT {string.Join(", ", Columns.Select(column => column.Name))} FROM {Name}"
        + (isResumed ? $" WHERE {KeyOf(0)} >= @k0 AND ({After(0)})" : "")
        + $" ORDER BY {string.Join(", ", key.Select(at => Columns[at].Name))}";

    private string KeyOf(int place) => Columns[key[place]].Name;

    private string After(int place) =>
        place == key.Count - 1
            ? $"{KeyOf(place)} > @k{place}"
            : $"{KeyOf(place)} > @k{place} OR ({KeyOf(place)} = @k{place} AND ({After(place + 1)}))";

    /// <summary>The row that a reader stands at.</summary>
    public object?[] Read(DbDataReader reader)
    {
        var row = new object?[Columns.Count];
        for (var at = 0; at < row.Length; at++)
            row[at] = Value(reader.GetValue(at), Columns[at]);
        return row;
    }

    private object? Value(object value, MovedColumn column) =>
        value switch
        {
            DBNull => null,
            string text when column.Kind is ColumnKind.Instant => Iso.Instant(Encoding.UTF8.GetBytes(text)),
            string text when column.Kind is ColumnKind.Date => Iso.Date(Encoding.UTF8.GetBytes(text)),
            DateTime day when column.Kind is ColumnKind.Date => DateOnly.FromDateTime(day),
            DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
            string or byte[] => value,
            long or int or short or byte => Convert.ToInt64(value, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException(
                $"{Name}.{column.Name} holds a {value.GetType().Name}, which no column of a library does."
            ),
        };

    /// <summary>Where a row stands in the order of the key, as it is kept.</summary>
    public string PositionOf(object?[] row) =>
        new JsonArray([
            .. key.Select(at =>
                row[at] switch
                {
                    long number => JsonValue.Create(number),
                    DateTimeOffset instant => JsonValue.Create(Iso.Text(instant)),
                    DateOnly date => JsonValue.Create(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                    string text => (JsonNode)JsonValue.Create(text),
                    var other => throw new InvalidOperationException($"{Name} has the key {other}."),
                }
            ),
        ]).ToJsonString();

    /// <summary>Gives <see cref="Select"/> the position from which it goes on.</summary>
    public void Resume(DbCommand command, string position)
    {
        var values = JsonNode.Parse(position)!.AsArray();
        for (var place = 0; place < key.Count; place++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@k{place}";
            var value = values[place]!;
            object of =
                value.GetValueKind() == JsonValueKind.Number
                    ? (long)value
                    : Value((string)value!, Columns[key[place]])!;
            TypeHandlers.Set(parameter, of);
            command.Parameters.Add(parameter);
        }
    }
}
