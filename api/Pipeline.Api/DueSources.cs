using Pipeline.Api.Features.Capital;
using Pipeline.Api.Features.Chains;
using Pipeline.Api.Features.Claims;
using Pipeline.Api.Features.Disputes;
using Pipeline.Api.Features.Events;
using Pipeline.Api.Features.Financing;
using Pipeline.Api.Features.LeaderLinks;
using Pipeline.Api.Features.Libraries;
using Pipeline.Api.Features.Lights;
using Pipeline.Api.Features.Meetings;
using Pipeline.Api.Features.Moves;
using Pipeline.Api.Features.OfficeLeads;
using Pipeline.Api.Features.Problems;
using Pipeline.Api.Features.Projects;
using Pipeline.Api.Features.Removals;
using Pipeline.Api.Features.Signings;
using Pipeline.Api.Features.Transfers;
using Pipeline.Api.Queries;

namespace Pipeline.Api;

/// <summary>What tells what comes due, in this order: a page of it goes on by it.</summary>
public static class DueSources
{
    public static void AddDueSources(this IServiceCollection services)
    {
        services.AddSingleton<IDueSource, ClaimsDue>();
        services.AddSingleton<IDueSource, ReviewsDue>();
        services.AddSingleton<IDueSource, CompletionsDue>();
        services.AddSingleton<IDueSource, NoticesToFileDue>();
        services.AddSingleton<IDueSource, SigningsDue>();
        services.AddSingleton<IDueSource, RemovalsDue>();
        services.AddSingleton<IDueSource, ProblemsDue>();
        services.AddSingleton<IDueSource, TransfersDue>();
        services.AddSingleton<IDueSource, LightsDue>();
        services.AddSingleton<IDueSource, LeadersDue>();
        services.AddSingleton<IDueSource, MovesDue>();
        services.AddSingleton<IDueSource, CapitalDue>();
        services.AddSingleton<IDueSource, ActionsDue>();
        services.AddSingleton<IDueSource, DisputeAnswersDue>();
        services.AddSingleton<IDueSource, DisputeDecisionsDue>();
        services.AddSingleton<IDueSource, DisputeAppealsDue>();
        services.AddSingleton<IDueSource, ContestsDue>();
        services.AddSingleton<IDueSource, ReportsDue>();
        services.AddSingleton<IDueSource, PlansDue>();
        services.AddSingleton<IDueSource, MatchesDue>();
        services.AddSingleton<IDueSource, ResultsDue>();
        services.AddSingleton<IDueSource, ChainsDue>();
        services.AddSingleton<IDueSource, LeadsDue>();
        services.AddSingleton<IDueSource, EntriesDue>();
        services.AddSingleton<DueItems>();
    }
}
