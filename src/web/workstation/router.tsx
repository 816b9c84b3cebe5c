import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { NotHere, Trouble } from './Trouble.tsx'

/** The workstation's addresses. Each screen is its own file and is loaded when it is opened. */
const root = createRootRoute({ component: Outlet, notFoundComponent: NotHere, errorComponent: Trouble })
const screen = <const Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load as () => Promise<Record<string, never>>, name) })

export const routeTree = root.addChildren([
  screen('/sign-in', () => import('./sign-in/SignIn.tsx'), 'SignIn'),
  screen('/sign-in/password', () => import('./sign-in/SetPassword.tsx'), 'SetPassword'),
  screen('/first-run', () => import('./sign-in/FirstRun.tsx'), 'FirstRun'),
  screen('/work', () => import('./home/Home.tsx'), 'Home'),
  screen('/work/inquiries', () => import('./desk/Inquiries.tsx'), 'Inquiries'),
  screen('/work/inquiries/$inquiry', () => import('./desk/InquiryCall.tsx'), 'InquiryCall'),
  screen('/work/waiting-list', () => import('./desk/waiting/WaitingList.tsx'), 'WaitingList'),
  screen('/work/calendar', () => import('./desk/Calendar.tsx'), 'Calendar'),
  screen('/work/on-call', () => import('./on-call/OnCallPage.tsx'), 'OnCallPage'),
  screen('/work/my-devices', () => import('./devices/MyDevices.tsx'), 'MyDevices'),
  screen('/work/groups', () => import('./groups/Groups.tsx'), 'Groups'),
  screen('/work/groups/$group', () => import('./groups/GroupPage.tsx'), 'GroupPage'),
  screen('/work/freed', () => import('./desk/FreedPage.tsx'), 'FreedPage'),
  screen('/work/my-calendars', () => import('./calendars/MyCalendars.tsx'), 'MyCalendars'),
  screen('/work/charts/$chart', () => import('./chart/ChartPage.tsx'), 'ChartPage'),
  screen('/work/charts/$chart/plan', () => import('./desk/PlanCourse.tsx'), 'PlanCourse'),
  screen('/work/charts/$chart/money', () => import('./desk/MoneyPage.tsx'), 'MoneyPage'),
  screen('/work/charts/$chart/start', () => import('./session/StartPage.tsx'), 'StartPage'),
  screen('/work/charts/$chart/session/$session', () => import('./session/SessionPage.tsx'), 'SessionPage'),
  screen('/work/drill', () => import('./drill/DrillPage.tsx'), 'DrillPage'),
  screen('/work/practice', () => import('./practice/PracticePage.tsx'), 'PracticePage'),
  screen('/work/practice/medicines', () => import('./practice/ledger/MedicinesPage.tsx'), 'MedicinesPage'),
  screen('/work/practice/medicines/log', () => import('./practice/ledger/LogPage.tsx'), 'LogPage'),
  screen('/work/outcomes', () => import('./outcomes/OutcomesPage.tsx'), 'OutcomesPage'),
  screen('/work/rulebook', () => import('./practice/RulebookPage.tsx'), 'RulebookPage'),
  screen('/work/rulebook/courses/$course', () => import('./practice/courses/CoursePage.tsx'), 'CoursePage'),
  screen('/work/rulebook/courses/$course/copy', () => import('./practice/courses/CopyCourse.tsx'), 'CopyCourse'),
  screen('/work/rulebook/questionnaires', () => import('./practice/forms/FormsPage.tsx'), 'FormsPage'),
  screen('/work/rulebook/questionnaires/$form', () => import('./practice/forms/FormPage.tsx'), 'FormPage'),
  screen('/work/outbox', () => import('./practice/OutboxPage.tsx'), 'OutboxPage'),
  createRoute({ getParentRoute: () => root, path: '/', beforeLoad: () => { throw redirect({ to: '/work' as never }) } }),
])

export const router = createRouter({ routeTree, defaultPreload: false })
