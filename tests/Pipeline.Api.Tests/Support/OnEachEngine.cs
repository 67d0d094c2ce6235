using Microsoft.Extensions.DependencyInjection;
using Pipeline.Api.Commands;
using Pipeline.Api.Features.Audit;
using Pipeline.Data;

namespace Pipeline.Api.Tests.Support;

/// <summary>Tests that touch a database: the whole fixture runs once on each engine at hand, each test on an app of its own.</summary>
[TestFixtureSource(typeof(Engines), nameof(Engines.AtHand))]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[Parallelizable(ParallelScope.All)]
public abstract class OnEachEngine(string engine)
{
    private PipelineApp? app;

    protected string Engine => engine;

    protected PipelineApp App => app ??= new PipelineApp(engine);

    /// <summary>What must not be in the database, as the command <c>check</c> finds it.</summary>
    protected Task<IReadOnlyList<string>> Violations() =>
        App
            .Services.GetRequiredService<Database>()
            .Read(session =>
                Invariants.Violations(
                    session,
                    App.Services.GetRequiredService<Anchors>(),
                    App.Services.GetRequiredService<RuleBooks>()
                )
            );

    [TearDown]
    public void StopTheApp() => app?.Dispose();
}
