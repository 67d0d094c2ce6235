using Pipeline.Api.Features.Notices;
using Pipeline.Api.Observability;
using Pipeline.Data;
using Pipeline.Store.Chains;
using Pipeline.Store.Changes;
using Pipeline.Store.Land;

namespace Pipeline.Api;

/// <summary>Who is told of events, in this order.</summary>
public static class Subscribers
{
    public static void AddSubscribers(this IServiceCollection services)
    {
        services.AddSingleton<IEventSubscriber, LedgerSubscriber>();
        services.AddSingleton<IEventSubscriber, LibraryFlowSubscriber>();
        services.AddSingleton<IEventSubscriber, LightSubscriber>();
        services.AddSingleton<IEventSubscriber, RemovalSubscriber>();
        services.AddSingleton<IEventSubscriber, TransferSubscriber>();
        services.AddSingleton<IEventSubscriber, TeamSubscriber>();
        services.AddSingleton<IEventSubscriber, LandSubscriber>();
        services.AddSingleton<IEventSubscriber, FollowOwners>();
        services.AddSingleton<IEventSubscriber, ChainSubscriber>();
        services.AddSingleton<IEventSubscriber, SigningSubscriber>();
        services.AddSingleton<IEventSubscriber, BulletinSubscriber>();
        services.AddSingleton<IEventSubscriber, ChangeSubscriber>();
        services.AddSingleton<IEventSubscriber, NoticeSubscriber>();
        services.AddSingleton<IEventSubscriber, MetricsSubscriber>();
    }
}
