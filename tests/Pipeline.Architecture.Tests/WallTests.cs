using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Dependencies;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.NUnit;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Pipeline.Architecture.Tests;

/// <summary>References go one way: Domain ← Data ← Store ← Api, and within Api no feature names another. What the compiler does not hold between projects is held here.</summary>
public sealed class WallTests
{
    private static readonly System.Reflection.Assembly Domain = typeof(Pipeline.Domain.IDomainEvent).Assembly,
        Data = typeof(Pipeline.Data.Database).Assembly,
        Store = typeof(Pipeline.Store.IDueWork).Assembly,
        Api = typeof(Program).Assembly;

    private static readonly ArchUnitNET.Domain.Architecture Product = new ArchLoader()
        .LoadAssembliesIncludingDependencies(Domain, Data, Store, Api)
        .Build();

    private static IEnumerable<string> Features =>
        Product
            .Types.Select(type => type.Namespace.FullName)
            .Where(name => name.StartsWith(FeatureRoot, StringComparison.Ordinal))
            .Select(name => name[FeatureRoot.Length..].Split('.')[0])
            .Distinct()
            .Order(StringComparer.Ordinal);

    private const string FeatureRoot = "Pipeline.Api.Features.";

    [Test]
    public void Rules_need_nothing_but_the_language() =>
        Domain
            .GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => !name.StartsWith("System.", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Test]
    public void Rules_read_no_clock_and_no_chance()
    {
        var calls = Product
            .Types.Where(type => type.Assembly.Name.StartsWith("Pipeline.Domain", StringComparison.Ordinal))
            .SelectMany(type => type.Members)
            .SelectMany(member => member.MemberDependencies)
            .OfType<MethodCallDependency>()
            .Select(call => call.TargetMember.FullName)
            .ToList();
        calls.ShouldNotBeEmpty();
        calls
            .Where(name =>
                name.Contains("DateTimeOffset::get_UtcNow", StringComparison.Ordinal)
                || name.Contains("DateTimeOffset::get_Now", StringComparison.Ordinal)
                || name.Contains("DateTime::get_Now", StringComparison.Ordinal)
                || name.Contains("DateTime::get_UtcNow", StringComparison.Ordinal)
                || name.Contains("DateTime::get_Today", StringComparison.Ordinal)
                || name.Contains("Guid::NewGuid", StringComparison.Ordinal)
            )
            .ShouldBeEmpty();
    }

    [Test]
    public void References_go_one_way()
    {
        Names(Domain).ShouldNotContain("Pipeline.Data");
        Names(Data).ShouldNotContain("Pipeline.Store");
        Names(Store).ShouldNotContain("Pipeline.Api");
    }

    [Test]
    public void What_features_share_knows_no_HTTP()
    {
        foreach (var room in new[] { Domain, Data, Store })
            Names(room)
                .Where(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
                .ShouldBeEmpty();
    }

    [TestCase(@"^(Microsoft\.Data\.Sqlite|SQLitePCL)\..*", @"^Pipeline\.Data\.Sqlite(\..*)?$")]
    [TestCase(@"^Microsoft\.Data\.SqlClient\..*", @"^Pipeline\.Data\.SqlServer(\..*)?$")]
    public void No_engines_type_stands_outside_its_folder(string engine, string folder) =>
        Types()
            .That()
            .ResideInNamespaceMatching(@"^Pipeline\..*")
            .And()
            .DoNotResideInNamespaceMatching(folder)
            .And()
            .DoNotHaveFullName("Pipeline.Data.DatabaseEngines")
            .Should()
            .NotDependOnAny(Types(true).That().HaveFullNameMatching(engine))
            .Because("a further engine is a folder and a schema")
            .Check(Product);

    [TestCaseSource(nameof(Features))]
    public void No_feature_names_another(string feature) =>
        Types()
            .That()
            .ResideInNamespaceMatching(Room(feature))
            .Should()
            .NotDependOnAny(
                Types()
                    .That()
                    .ResideInNamespaceMatching(@"^Pipeline\.Api\.Features\..*")
                    .And()
                    .DoNotResideInNamespaceMatching(Room(feature))
            )
            .Because("what one feature must cause in others goes by events")
            .Check(Product);

    [Test]
    public void HTTP_names_no_feature_no_worker_and_no_record_of_business() =>
        Types()
            .That()
            .ResideInNamespaceMatching(@"^Pipeline\.Api\.Http(\..*)?$")
            .Should()
            .NotDependOnAny(
                Types()
                    .That()
                    .ResideInNamespaceMatching(
                        @"^Pipeline\.(Api\.(Features|Workers|Commands|Queries)|Store\.(Claims|Disputes|Moves|Projects|Totals))(\..*)?$"
                    )
            )
            .Because("who calls is found out even when a table of claims is away")
            .Check(Product);

    [Test]
    public void No_feature_names_workers_commands_or_the_program_but_for_the_base_of_workers() =>
        Types()
            .That()
            .ResideInNamespaceMatching(@"^Pipeline\.Api\.Features\..*")
            .Should()
            .NotDependOnAny(
                Types()
                    .That()
                    .ResideInNamespaceMatching(@"^Pipeline\.Api\.(Workers|Commands)(\..*)?$")
                    .And()
                    .DoNotHaveNameMatching(
                        "^(PeriodicWorker|TimedWorker|DailyWorker|WorkerParts|WorkerStates?|Readiness)$"
                    )
            )
            .Check(Product);

    [Test]
    public void Every_event_is_named_by_a_subscriber()
    {
        var events = Store
            .GetTypes()
            .Where(type => type.IsAssignableTo(typeof(Pipeline.Domain.IDomainEvent)) && !type.IsInterface)
            .ToList();
        events.ShouldNotBeEmpty();
        var named = Product
            .Types.Where(type => type.ImplementsInterface(typeof(Pipeline.Data.IEventSubscriber).FullName!))
            .SelectMany(type => type.Dependencies)
            .Select(dependency => dependency.Target.FullName)
            .ToHashSet(StringComparer.Ordinal);
        events.Where(type => !named.Contains(type.FullName!)).ShouldBeEmpty();
    }

    private static string Room(string feature) => $@"^Pipeline\.Api\.Features\.{feature}(\..*)?$";

    private static IEnumerable<string> Names(System.Reflection.Assembly assembly) =>
        assembly.GetReferencedAssemblies().Select(reference => reference.Name!);
}
