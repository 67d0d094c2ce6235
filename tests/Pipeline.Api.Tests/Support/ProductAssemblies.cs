using System.Reflection;
using Pipeline.Data;
using Pipeline.Domain;

namespace Pipeline.Api.Tests.Support;

/// <summary>What the program is made of.</summary>
public static class ProductAssemblies
{
    public static readonly IReadOnlyList<Assembly> All =
    [
        typeof(IDomainEvent).Assembly,
        typeof(Database).Assembly,
        typeof(Caller).Assembly,
        typeof(Program).Assembly,
    ];
}
