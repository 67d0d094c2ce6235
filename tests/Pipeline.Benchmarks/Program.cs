using Pipeline.Benchmarks;

return await Bench.Run(args);
