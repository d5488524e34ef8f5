DROP TYPE user_status;
