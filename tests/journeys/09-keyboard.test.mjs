import { journey } from './harness.mjs'
import { startToReport } from './start-to-report.mjs'

journey('keyboard alone: from the start page over a member who joins and a roster to the written report', {}, startToReport)
