using System.Reflection;
using Pipeline.Domain.Rules;

namespace Pipeline.Store.Rules;

/// <summary>The members of a rule set go from what is posted to what is reckoned with and what is told by their names: a number is declared in each, and listed nowhere else.</summary>
public static class RuleSetMembers
{
    /// <summary>The standard of every member that has one: what <see cref="RuleSet"/> says where nothing else is said.</summary>
    internal static readonly RuleSetBody Standard = StandardOf();

    /// <summary>A record with the members that another has by the same name; those that it lacks stay as they are by themselves.</summary>
    public static T Copy<T>(object from)
        where T : class
    {
        var made = Activator.CreateInstance<T>();
        foreach (var (source, target) in SameNamed(from.GetType(), typeof(T)))
        {
            if (source.GetValue(from) is { } value)
                target.SetValue(made, value);
        }

        return made;
    }

    /// <summary>A body whose missing members are those of another.</summary>
    internal static RuleSetBody Fill(RuleSetBody body, RuleSetBody missing)
    {
        var filled = Copy<RuleSetBody>(missing);
        foreach (var (member, _) in SameNamed(typeof(RuleSetBody), typeof(RuleSetBody)))
        {
            if (member.GetValue(body) is { } said)
                member.SetValue(filled, said);
        }

        return filled;
    }

    private static RuleSetBody StandardOf()
    {
        var standard = Copy<RuleSetBody>(Activator.CreateInstance<RuleSet>());

        // What every rule set has to say has no standard, though a number is never missing by itself.
        foreach (var (rule, member) in SameNamed(typeof(RuleSet), typeof(RuleSetBody)))
        {
            if (rule.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute)))
                member.SetValue(standard, null);
        }

        return standard;
    }

    private static IEnumerable<(PropertyInfo From, PropertyInfo To)> SameNamed(Type from, Type to) =>
        from.GetProperties()
            .Join(
                to.GetProperties(),
                property => property.Name,
                property => property.Name,
                (one, other) => (one, other)
            )
            .Where(pair => pair.other.CanWrite);
}
