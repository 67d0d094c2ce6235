using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Reflection;
using Dapper;

namespace Pipeline.Data;

/// <summary>The values of a statement's parameters. Each gets the type of the columns it meets, list members included.</summary>
/// <remarks>
/// Dapper alone would not do: it sends the members of a list whose type has a handler as <c>sql_variant</c>, which SQL Server compares by collation before it compares text.
/// </remarks>
public sealed class Parameters : SqlMapper.IDynamicParameters, IEnumerable<KeyValuePair<string, object?>>
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    private readonly Dictionary<string, (object? Value, Type? Type)> values = new(StringComparer.Ordinal);

    /// <summary>The properties of an object, by name; null: none.</summary>
    public static Parameters Of(object? source)
    {
        if (source is Parameters parameters)
            return parameters;
        var made = new Parameters();
        made.AddAll(source);
        return made;
    }

    /// <summary>Sets one parameter; the sign before its name is optional.</summary>
    public void Add(string name, object? value) => values[name.TrimStart('@')] = (value, value?.GetType());

    /// <summary>The value of a parameter that is set.</summary>
    public object? this[string name] => values[name].Value;

    public int Count => values.Count;

    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Sets what others set, under other names.</summary>
    public void AddAll(Parameters others, Func<string, string>? rename = null)
    {
        foreach (var (name, value) in others.values)
            values[rename?.Invoke(name) ?? name] = value;
    }

    /// <summary>Sets a parameter for each property of an object.</summary>
    public void AddAll(object? source)
    {
        if (source is null)
            return;
        foreach (var property in Properties.GetOrAdd(source.GetType(), type => type.GetProperties()))
            values[property.Name] = (property.GetValue(source), property.PropertyType);
    }

    /// <summary>Adds the parameters to a command; a list becomes one parameter a member, and the command's text changes accordingly.</summary>
    void SqlMapper.IDynamicParameters.AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        foreach (var (name, (value, type)) in values)
        {
            if (value is IEnumerable list and not string and not byte[])
                AddList(command, identity, name, list);
            else
                AddValue((DbCommand)command, name, value, type);
        }
    }

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() =>
        values.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void AddValue(DbCommand command, string name, object? value, Type? type)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        TypeHandlers.Set(parameter, value, type);
        command.Parameters.Add(parameter);
    }

    /// <summary>Dapper expands the list; texts are wrapped, so that it knows their type.</summary>
    private static void AddList(IDbCommand command, SqlMapper.Identity identity, string name, IEnumerable list)
    {
        var expanded = new DynamicParameters();
        expanded.Add(name, list is IEnumerable<string> texts ? texts.Select(Member) : list);
        ((SqlMapper.IDynamicParameters)expanded).AddParameters(command, identity);

        static DbString Member(string text) =>
            new()
            {
                Value = text,
                IsAnsi = TypeHandlers.IsNarrow(text),
                Length = TypeHandlers.LengthOf(text),
            };
    }
}
