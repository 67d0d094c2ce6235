using Pipeline.Data;

namespace Pipeline.Api.Queries;

/// <summary>What the rows of a list must be like, and the parameters of that.</summary>
public sealed class Conditions
{
    private readonly List<string> all = [];

    public Parameters Values { get; } = [];

    /// <summary>All of them joined; true where there is none.</summary>
    public string Sql => all.Count == 0 ? "1 = 1" : string.Join(" AND ", all);

    public void Add(string condition) => all.Add(condition);

    /// <summary>Adds a condition with the one parameter that it names; nothing where the value is null: it was not asked for.</summary>
    public void Add(string condition, string name, object? value)
    {
        if (value is null)
            return;
        all.Add(condition);
        Values.Add(name, value);
    }
}
