using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Queries;

/// <summary>What the rows of a list must be like, and the parameters of that.</summary>
public sealed class Conditions
{
    private readonly List<string> all = [];

    public Parameters Values { get; } = [];

    /// <summary>All of them joined; true where there is none.</summary>
    public string Sql => all.Count == 0 ? "1 = 1" : string.Join(" AND ", all);

    public void Add(string condition) => all.Add(condition);

    /// <summary>Adds that a column is one of these choices; nothing where there is none: they were not asked for.</summary>
    public void AddAny<T>(string column, string name, IReadOnlyList<T> choices)
        where T : struct, Enum
    {
        if (choices.Count == 1)
            Add($"{column} = @{name}", name, Slug.Of(choices[0]));
        else if (choices.Count > 1)
            Add(Walked($"{column} IN @{name}"), name, choices.Select(Slug.Of).ToList());
    }

    /// <summary>Adds that one of several conditions holds; nothing where there is none.</summary>
    public void AddAny(IReadOnlyList<string> conditions)
    {
        if (conditions.Count == 1)
            Add(conditions[0]);
        else if (conditions.Count > 1)
            Add(Walked($"({string.Join(") OR (", conditions)})"));
    }

    /// <summary>A condition that is looked at while a list is walked along its order, so that nothing is found by it first and sorted afterwards.</summary>
    public static string Walked(string condition) => $"CASE WHEN {condition} THEN 1 ELSE 0 END = 1";

    /// <summary>Adds a condition with the one parameter that it names; nothing where the value is null: it was not asked for.</summary>
    public void Add(string condition, string name, object? value)
    {
        if (value is null)
            return;
        all.Add(condition);
        Values.Add(name, value);
    }
}
