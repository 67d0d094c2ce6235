using Pipeline.Domain;

namespace Pipeline.Store.Projects;

/// <summary>A project is like another unit's, as registered or edited (R10a).</summary>
public sealed record ProjectUnderReview(string ProjectId, ProjectBody Body) : IDomainEvent;
