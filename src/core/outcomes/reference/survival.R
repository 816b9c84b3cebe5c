# What R counts, written down once so that no test needs R:  Rscript survival.R > survival.json
# Run with R 4.2.2 and survival 3.5-3 (Debian r-base-core, r-cran-survival). Also writes chi-square.json.
suppressMessages(library(survival))
num <- function(x) ifelse(is.na(x) | !is.finite(x), "null", formatC(x, digits = 17, format = "g", width = 1))
arr <- function(x) paste0("[", paste(num(x), collapse = ","), "]")
curve <- function(label, time, status) {
  fit <- survfit(Surv(time, status) ~ 1, conf.type = "log")
  s <- summary(fit, censored = TRUE)
  t <- s$table
  paste0('{"group":', label, ',"n":', fit$n, ',"events":', sum(fit$n.event),
    ',"median":', num(t["median"]), ',"medianLower":', num(t["0.95LCL"]), ',"medianUpper":', num(t["0.95UCL"]),
    ',"time":', arr(s$time), ',"atRisk":', arr(s$n.risk), ',"died":', arr(s$n.event), ',"censored":', arr(s$n.censor),
    ',"survival":', arr(s$surv), ',"standardError":', arr(s$std.err), ',"lower":', arr(s$lower), ',"upper":', arr(s$upper), "}")
}
case <- function(name, time, status, group = NULL) {
  data <- paste0('"times":', arr(time), ',"events":', arr(status))
  if (is.null(group)) return(paste0('{"name":"', name, '",', data, ',"groups":[', curve("null", time, status), '],"logRank":null}'))
  levels <- sort(unique(group))
  curves <- sapply(levels, function(g) curve(paste0('"', g, '"'), time[group == g], status[group == g]))
  d <- survdiff(Surv(time, status) ~ group)
  df <- sum(tapply(d$exp, seq_along(d$exp), sum) > 0) - 1
  p <- pchisq(d$chisq, df, lower.tail = FALSE)
  paste0('{"name":"', name, '",', data, ',"group":["', paste(group, collapse = '","'), '"],"groups":[', paste(curves, collapse = ","), '],"logRank":{"chiSquare":', num(d$chisq), ',"degreesOfFreedom":', df, ',"p":', num(p), "}}")
}
l <- lung[!is.na(lung$time), ]
o <- ovarian
cases <- c(
  case("lung", l$time, l$status - 1),
  case("lung by sex", l$time, l$status - 1, as.character(l$sex)),
  case("lung by institution of 1, 12, 13 and 22", l$time[l$inst %in% c(1, 12, 13, 22)], (l$status - 1)[l$inst %in% c(1, 12, 13, 22)], as.character(l$inst[l$inst %in% c(1, 12, 13, 22)])),
  case("ovarian", o$futime, o$fustat),
  case("ovarian by treatment", o$futime, o$fustat, as.character(o$rx)),
  case("half exactly, then lower", c(1, 2, 3, 4), c(1, 1, 1, 0)),
  case("half exactly, and no lower", c(1, 2, 3, 4), c(1, 1, 0, 0)),
  case("half exactly, censored between", c(2, 4, 5, 6, 9, 11), c(1, 1, 1, 0, 0, 1)),
  case("everybody has it", c(5, 6, 7), c(1, 1, 1)),
  case("nobody has it", c(5, 6, 7), c(0, 0, 0)),
  case("one person", 3, 1),
  case("ties of both kinds", c(0, 2, 2, 2, 2.5, 2.5, 7), c(1, 1, 1, 0, 0, 1, 0)),
  case("a group in which nothing happens", c(1, 2, 3, 4, 5, 6), c(1, 1, 1, 0, 0, 0), c("a", "a", "a", "b", "b", "b")),
  case("a group that is gone before anything happens", c(1, 1, 3, 4, 5, 6), c(0, 0, 1, 0, 1, 0), c("a", "a", "b", "b", "c", "c"))
)
cat("[\n", paste(cases, collapse = ",\n"), "\n]\n", sep = "")
cat(paste0("[", paste(sapply(list(c(0.1,1), c(3.841458820694124,1), c(10,1), c(50,1), c(700,1), c(0,1), c(2,2), c(5.991,2), c(60,2), c(1,3), c(7.8,3), c(40,3), c(4,5), c(100,5), c(20,30), c(45,30), c(150,30), c(1e-8,1)), function(q) paste0("[", num(q[1]), ",", q[2], ",", num(pchisq(q[1], q[2], lower.tail=FALSE)), "]")), collapse=","), "]\n"), file = "chi-square.json")
